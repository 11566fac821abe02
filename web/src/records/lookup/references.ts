/** Records that are known by their ids alone. */
import { queryOptions } from "@tanstack/react-query";
import type { Reference } from "@/api/types";
import { queryRecords, recordKeys } from "@/lib/records";

/** Records by their ids, with their titles. */
export function referencesQuery(object: string, title: string, ids: readonly string[]) {
  const query = { select: [title], where: { field: "id", op: "in" as const, value: [...ids] }, limit: 200 };
  return queryOptions({
    queryKey: recordKeys.page(object, query),
    queryFn: ({ signal }) => queryRecords(object, query, signal),
    select: ({ rows }) => rows.map((row): Reference => ({ id: row.id, title: String(row[title] ?? "") })),
    enabled: ids.length > 0,
  });
}
