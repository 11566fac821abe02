/** What is looked for in the audit log: kept in the address, asked of the server. */
import dayjs from "dayjs";
import type { AuditWanted } from "@/api/types";

export const PERIODS = ["today", "week", "month", "quarter", "chosen"] as const;
export type Period = (typeof PERIODS)[number];

/** The address of the page; every part may be missing. */
export interface AuditSearch {
  /** Keys of kinds with commas between them. */
  kinds?: string;
  member?: string;
  object?: string;
  record?: string;
  ip?: string;
  /** The name of an API key or app. */
  key?: string;
  /** The key or app itself, whatever it was called; `key` then finds what was done before ids were kept. */
  key_id?: string;
  period?: Period;
  /** Days of a chosen period, both included. */
  from?: string;
  to?: string;
}

const TEXTS = ["kinds", "member", "object", "record", "ip", "key", "key_id", "from", "to"] as const;

export function parseAuditSearch(search: Record<string, unknown>): AuditSearch {
  const found: AuditSearch = {};
  for (const key of TEXTS) {
    // A router reads what looks like a number as one.
    const value = typeof search[key] === "number" ? String(search[key]) : search[key];
    if (typeof value === "string" && value) found[key] = value;
  }
  if (PERIODS.includes(search.period as Period)) found.period = search.period as Period;
  return found;
}

const BACK: Record<Exclude<Period, "chosen">, number> = { today: 0, week: 6, month: 29, quarter: 89 };

/** What is asked of the server: a period becomes instants, in the time zone of the reader. */
export function wantedOf(search: AuditSearch, now: Date = new Date()): AuditWanted {
  const { period, from, to, ...wanted } = search;
  if (!period) return wanted;
  const first = period === "chosen" ? from : dayjs(now).subtract(BACK[period], "day").format("YYYY-MM-DD");
  const last = period === "chosen" ? to : undefined;
  return {
    ...wanted,
    ...(first && { since: dayjs(first).startOf("day").toISOString() }),
    ...(last && { until: dayjs(last).add(1, "day").startOf("day").toISOString() }),
  };
}

/** Whether anything narrows the list down. */
export function isNarrowed(search: AuditSearch): boolean {
  return Object.values(search).some(Boolean);
}
