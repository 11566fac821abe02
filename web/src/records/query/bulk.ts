/** Changes of many records at once: one request, one change set to undo. */
import type { BulkRequest, BulkResult, Filter } from "@/api/types";
import { bulkRecords } from "@/lib/records";

/** Some records by identity, or all that the list finds; a filter of null means every record. */
export type BulkTarget = { ids: string[] } | { where: Filter | null; search?: string };

export function runBulk(
  object: string,
  op: Extract<BulkRequest["op"], "update" | "delete">,
  target: BulkTarget,
  values?: Record<string, unknown>,
): Promise<BulkResult> {
  // That every record is meant has to be said.
  const every = "where" in target && target.where === null && !target.search;
  return bulkRecords(object, { op, ...(every ? { all: true } : target), ...(values ? { values } : {}) });
}
