/** What the analysis of wins and losses asks the record API. */
import type { Filter, GroupRequest, GroupResult, MoneyValue, Reference } from "@/api/types";
import { moneyParts } from "@/lib/money-sums";
import type { Period, Side } from "./search";

const MOST = 200;
const MONTHS = 12;
/** How opportunities are grouped by each side; competitors are lines, one for each of them. */
const FIELDS: Record<Exclude<Side, "competitor">, string> = {
  reason: "loss_reason",
  stage: "decided_from",
  owner: "owner",
  product: "product",
  month: "closed_on",
};

const lost: Filter = { field: "status", op: "eq", value: "lost" };
const won: Filter = { field: "status", op: "eq", value: "won" };

function within(field: string, period: Period): Filter[] {
  if (period === "all") return [];
  const value = period === "last_12" ? { last: MONTHS, unit: "month" } : { period };
  return [{ field, op: "within", value }];
}

/** The opportunities that were lost, or won, in a period. */
export const decided = (status: "lost" | "won", period: Period): Filter => ({
  and: [status === "lost" ? lost : won, ...within("closed_on", period)],
});

/** How many were won and lost, worth how much, and how long it took. */
export function totals(status: "lost" | "won", period: Period): GroupRequest {
  return {
    by: [],
    aggregates: [
      { fn: "sum", field: "amount" },
      { fn: "avg", field: "days_to_close" },
    ],
    where: decided(status, period),
  };
}

/** The object that is grouped, and how. */
export function losses(side: Side, period: Period): { object: string; request: GroupRequest } {
  if (side === "competitor")
    return {
      object: "opportunity_competitor",
      request: {
        by: [{ field: "competitor" }],
        aggregates: [{ fn: "sum", field: "opportunity.amount" }],
        where: {
          and: [
            { field: "opportunity.status", op: "eq", value: "lost" },
            ...within("opportunity.closed_on", period),
          ],
        },
        limit: MOST,
      },
    };
  return {
    object: "opportunity",
    request: {
      by: [side === "month" ? { field: FIELDS[side], bucket: "month" } : { field: FIELDS[side] }],
      aggregates: [{ fn: "sum", field: "amount" }],
      where: decided("lost", period),
      limit: MOST,
    },
  };
}

/** The lost opportunities behind a group. */
export function behind(side: Side, period: Period, key: unknown): Filter {
  const base = decided("lost", period);
  if (side === "month" && typeof key === "string") {
    const [year = 0, month = 1] = key.split("-").map(Number);
    const next = month === MONTHS ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
    return {
      and: [
        base,
        { field: "closed_on", op: "gte", value: key },
        { field: "closed_on", op: "lt", value: next },
      ],
    };
  }
  const field = side === "competitor" ? "competition.competitor" : FIELDS[side];
  const value = typeof key === "object" && key !== null ? (key as Reference).id : key;
  return { and: [base, value === null ? { field, op: "is_empty" } : { field, op: "eq", value }] };
}

export interface LossRow {
  key: unknown;
  count: number;
  amounts: MoneyValue[];
}

/** Groups with the most losses first; months in their order. */
export function rowsOf(groups: GroupResult["groups"], side: Side, currency: string): LossRow[] {
  const rows = groups.map(({ keys, count, values }) => ({
    key: keys[0] ?? null,
    count,
    amounts: moneyParts(values[0] ?? 0, currency),
  }));
  return side === "month" ? rows : rows.sort((a, b) => b.count - a.count);
}

/** Won of all that was decided; null where nothing was. */
export function winRate(won: number, lost: number): number | null {
  return won + lost === 0 ? null : (100 * won) / (won + lost);
}
