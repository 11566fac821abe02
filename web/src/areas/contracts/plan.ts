/** The payment plan while it is typed: what its parts come to, and how much of the contract is not in it yet. */
import type { Event, Instalment, PlannedInstalment } from "./requests";

/** One line of the editor; a value with a percent sign is a share, any other an amount. */
export interface Typed {
  key: string;
  name: string;
  value: string;
  event: Event;
  days: string;
  due_on: string;
}

const SCALE = 1000;
const HUNDRED = 100;
const isShare = (value: string) => /[%％]\s*$/.test(value);
const plain = (value: string) => value.replace(/[%％,，\s]/g, "");

export function typedOf(row: Instalment): Typed {
  return {
    key: row.id,
    name: row.name,
    value: row.percent ? `${Number(row.percent)}%` : (row.amount?.amount ?? ""),
    event: row.event,
    days: row.days === null ? "" : String(row.days),
    due_on: row.event === "date" ? (row.due_on ?? "") : "",
  };
}

export function plannedOf(one: Typed): PlannedInstalment {
  const share = isShare(one.value);
  const value = plain(one.value) || null;
  const byDate = one.event === "date";
  return {
    name: one.name.trim(),
    percent: share ? value : null,
    amount: share ? null : value,
    event: one.event,
    days: byDate ? null : Number(one.days || 0),
    due_on: byDate ? one.due_on || null : null,
  };
}

/** What is left of the total, in its own unit; NaN while something is no number. */
export function missingOf(total: string, parts: readonly Typed[]): number {
  const whole = Number(total);
  const shares = parts.filter(({ value }) => isShare(value));
  const percent = shares.reduce((sum, { value }) => sum + Number(plain(value)), 0);
  const amounts = parts
    .filter(({ value }) => !isShare(value))
    .reduce((sum, { value }) => sum + Number(plain(value) || 0), 0);
  const left = whole - amounts - (whole * percent) / HUNDRED;
  const exact = Math.round(left * SCALE) / SCALE;
  return exact === 0 ? 0 : exact;
}
