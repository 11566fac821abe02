/** What of a list lives in its address. */
export interface ListSearch {
  view?: string;
}

export function parseListSearch(search: Record<string, unknown>): ListSearch {
  return typeof search.view === "string" ? { view: search.view } : {};
}
