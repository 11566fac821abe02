/** The import wizard. */
export function ImportPage() {
  return null;
}
