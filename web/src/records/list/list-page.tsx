/** The list of one object. */
export function ListPage() {
  return null;
}
