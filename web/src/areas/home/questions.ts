/** What the workbench asks the record API. */
import type { Filter, GroupRequest, RecordQuery } from "@/api/types";

export const MINE: Filter = { field: "owner", op: "eq", value: "@me" };
const OPEN: Filter = { field: "status", op: "eq", value: "open" };

/** What belongs to the people of a department and of those below it. */
export function ofDepartment(department: string): Filter {
  return { field: "owner.department", op: "in_tree", value: department };
}

export function open(whose: Filter): Filter {
  return { and: [whose, OPEN] };
}

export function overdue(whose: Filter, now: Date): Filter {
  return { and: [whose, OPEN, { field: "due_at", op: "lt", value: now.toISOString() }] };
}

export function dueToday(whose: Filter): Filter {
  return { and: [whose, OPEN, { field: "due_at", op: "within", value: { period: "today" } }] };
}

export function closingThisMonth(whose: Filter): Filter {
  return {
    and: [whose, OPEN, { field: "expected_close_on", op: "within", value: { period: "this_month" } }],
  };
}

/** Tasks in the order in which they are due; those without a date come last. */
export function openTasks(whose: Filter): RecordQuery {
  return {
    select: ["subject", "due_at", "priority", "about", "owner"],
    where: open(whose),
    sort: [{ field: "due_at", dir: "asc" }],
    limit: 8,
  };
}

export function byStage(whose: Filter): GroupRequest {
  return { by: [{ field: "stage" }], aggregates: [{ fn: "sum", field: "amount" }], where: open(whose) };
}

export const STAGES: RecordQuery = {
  select: ["name", "position", "pipeline"],
  sort: [{ field: "position", dir: "asc" }],
  limit: 100,
};

export function sumOf(where: Filter): GroupRequest {
  return { by: [], aggregates: [{ fn: "sum", field: "amount" }], where };
}
