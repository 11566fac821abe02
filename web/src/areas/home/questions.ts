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

/** Days within which a lead is to be followed up by whoever got it. */
export const RESPONSE_DAYS = 3;
/** Days without anything done about a customer after which it counts as idle. */
export const IDLE_DAYS = 30;
const DAY_SECONDS = 86_400;
const LIMIT_SECONDS = RESPONSE_DAYS * DAY_SECONDS;
const LEFT_ALONE: Filter = { field: "status", op: "not_in", value: ["unqualified", "converted"] };

export function daysBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * DAY_SECONDS * 1000).toISOString();
}

/** Leads that somebody has and nobody followed up yet. */
export function waitingLeads(whose: Filter): Filter {
  return { and: [whose, LEFT_ALONE, { field: "first_follow_up_at", op: "is_empty" }] };
}

/** Those of them that have waited too long. */
export function stalledLeads(whose: Filter, now: Date): Filter {
  const since: Filter = { field: "owned_since", op: "lt", value: daysBefore(now, RESPONSE_DAYS) };
  return { and: [...(waitingLeads(whose) as { and: Filter[] }).and, since] };
}

/** Waiting leads, the longest waiting first. */
export function firstFollowUps(whose: Filter): RecordQuery {
  return {
    select: ["name", "company_name", "grade", "owned_since", "owner"],
    where: waitingLeads(whose),
    sort: [{ field: "owned_since", dir: "asc" }],
    limit: 6,
  };
}

/** Customers about whom nothing was done for long, those with most at stake first. */
export function idleCustomers(whose: Filter, now: Date): RecordQuery {
  return {
    select: ["name", "open_amount", "open_opportunities", "owner"],
    where: idle(whose, now),
    sort: [{ field: "open_amount", dir: "desc" }],
    limit: 6,
  };
}

/** Nothing was done about the customer itself, nor about any of its opportunities. */
function idle(whose: Filter, now: Date): Filter {
  const lately: Filter = { field: "last_activity_at", op: "gte", value: daysBefore(now, IDLE_DAYS) };
  return {
    and: [
      whose,
      { field: "open_opportunities", op: "gt", value: 0 },
      { not: lately },
      { not: { has: "opportunities", where: lately } },
    ],
  };
}

export const FOLLOW_UP_DAYS = 90;
export type Segment = "in_time" | "late" | "stalled" | "due";
export const SEGMENTS: readonly Segment[] = ["in_time", "late", "stalled", "due"];

/** Leads that somebody got within the last quarter, by how soon they were followed up. */
export function segment(whose: Filter, which: Segment, now: Date): Filter {
  const got: Filter = { field: "owned_since", op: "gte", value: daysBefore(now, FOLLOW_UP_DAYS) };
  const limit = daysBefore(now, RESPONSE_DAYS);
  const untouched: Filter = { field: "first_follow_up_at", op: "is_empty" };
  const is: Record<Segment, Filter[]> = {
    in_time: [{ field: "response_time", op: "lte", value: LIMIT_SECONDS }],
    late: [{ field: "response_time", op: "gt", value: LIMIT_SECONDS }],
    stalled: [untouched, { field: "owned_since", op: "lt", value: limit }],
    due: [untouched, { field: "owned_since", op: "gte", value: limit }],
  };
  return { and: [whose, got, ...is[which]] };
}

export function byStatus(where: Filter): GroupRequest {
  return { by: [{ field: "status" }], aggregates: [], where };
}

export function wonThisMonth(whose: Filter): Filter {
  return {
    and: [
      whose,
      { field: "status", op: "eq", value: "won" },
      { field: "closed_on", op: "within", value: { period: "this_month" } },
    ],
  };
}

/** Of each owner: how many, and the sum of a field where one is asked for. */
export function byOwner(where: Filter, sum?: string): GroupRequest {
  return {
    by: [{ field: "owner" }],
    aggregates: sum ? [{ fn: "sum", field: sum }] : [],
    where,
  };
}

export function sumOf(where: Filter): GroupRequest {
  return { by: [], aggregates: [{ fn: "sum", field: "amount" }], where };
}
