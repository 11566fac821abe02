/** Which texts of the file name no option and no record, told from the errors of a rehearsal. */
import type { ImportProblem } from "@/api/types";

/** A text that stands for nothing known, and how many rows have it. */
export interface UnknownValue {
  field: string;
  value: string;
  count: number;
}

const CODES = new Set(["fields.unknown_option", "fields.not_boolean", "transfer.relation_not_found"]);

export function unknownValues(problems: ImportProblem[]): UnknownValue[] {
  return problems
    .filter(({ code, params }) => CODES.has(code) && typeof params.value === "string")
    .map(({ field, params, count }) => ({ field, value: String(params.value), count }));
}
