/** Imports made so far. */
export function ImportHistoryPage() {
  return null;
}
