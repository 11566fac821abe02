/** What of a record page lives in its address. */
export interface RecordSearch {
  tab?: string;
}

export function parseRecordSearch(search: Record<string, unknown>): RecordSearch {
  return typeof search.tab === "string" ? { tab: search.tab } : {};
}
