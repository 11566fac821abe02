/** All hits of a search. */
export function SearchPage() {
  return null;
}
