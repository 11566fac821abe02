/** What the workbench asks the record API. */
import type { Filter, GroupRequest, MoneyValue, RecordQuery } from "@/api/types";

export const MINE: Filter = { field: "owner", op: "eq", value: "@me" };
const OPEN: Filter = { field: "status", op: "eq", value: "open" };

export const MY_OPEN: Filter = { and: [MINE, OPEN] };

export function overdue(now: Date): Filter {
  return { and: [MINE, OPEN, { field: "due_at", op: "lt", value: now.toISOString() }] };
}

export const DUE_TODAY: Filter = {
  and: [MINE, OPEN, { field: "due_at", op: "within", value: { period: "today" } }],
};

export const CLOSING_THIS_MONTH: Filter = {
  and: [MINE, OPEN, { field: "expected_close_on", op: "within", value: { period: "this_month" } }],
};

/** Tasks in the order in which they are due; those without a date come last. */
export const MY_TASKS: RecordQuery = {
  select: ["subject", "due_at", "priority", "about"],
  where: MY_OPEN,
  sort: [{ field: "due_at", dir: "asc" }],
  limit: 8,
};

export const BY_STAGE: GroupRequest = {
  by: [{ field: "stage" }],
  aggregates: [{ fn: "sum", field: "amount" }],
  where: MY_OPEN,
};

export const STAGES: RecordQuery = {
  select: ["name", "position", "pipeline"],
  sort: [{ field: "position", dir: "asc" }],
  limit: 100,
};

export function sumOf(where: Filter): GroupRequest {
  return { by: [], aggregates: [{ fn: "sum", field: "amount" }], where };
}

/** A sum as money, whether it comes with its currency or as a bare number of the workspace's. */
export function asMoney(value: unknown, currency: string): MoneyValue {
  if (value && typeof value === "object" && "amount" in value) return value as MoneyValue;
  return { amount: String(value ?? 0), currency };
}
