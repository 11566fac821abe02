/** What the designers of layouts and record types ask besides the object itself. */
import { queryOptions } from "@tanstack/react-query";
import type { RecordRow, Reference } from "@/api/types";
import { queryRecords, recordKeys } from "@/lib/records";

const ROLES = {
  select: ["name", "key", "position"],
  sort: [{ field: "position", dir: "asc" as const }],
  limit: 200,
};

/** The roles of the workspace as choices, by their keys. */
export function rolesQuery() {
  return queryOptions({
    queryKey: recordKeys.page("role", ROLES),
    queryFn: ({ signal }) => queryRecords("role", ROLES, signal),
    select: ({ rows }) =>
      rows.map((row: RecordRow) => ({ value: String(row.key), label: String(row.name ?? row.key) })),
  });
}

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
