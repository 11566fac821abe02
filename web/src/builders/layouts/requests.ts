/** What the designers of layouts and record types ask besides the object itself. */
import { queryOptions } from "@tanstack/react-query";
import type { RecordRow } from "@/api/types";
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
