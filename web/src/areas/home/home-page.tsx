/** The workbench: what to do today. */
export function HomePage() {
  return null;
}
