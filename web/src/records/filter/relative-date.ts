/** Dates relative to today, as the filter language writes them. */
import type { TFunction } from "i18next";

export const PERIODS = [
  "today",
  "yesterday",
  "tomorrow",
  "this_week",
  "last_week",
  "next_week",
  "this_month",
  "last_month",
  "next_month",
  "this_quarter",
  "last_quarter",
  "next_quarter",
  "this_year",
  "last_year",
  "next_year",
] as const;
export type Period = (typeof PERIODS)[number];

export const UNITS = ["day", "week", "month"] as const;
export type Unit = (typeof UNITS)[number];

export type RelativeDate = { period: Period } | { last: number; unit: Unit } | { next: number; unit: Unit };

export function isRelativeDate(value: unknown): value is RelativeDate {
  return (
    typeof value === "object" && value !== null && ("period" in value || "last" in value || "next" in value)
  );
}

/** "本周", "过去 7 天"; "" when the value is no relative date. */
export function relativeDateText(value: unknown, t: TFunction): string {
  if (!isRelativeDate(value)) return "";
  if ("period" in value) return t(`filter.period_${value.period}`);
  const past = "last" in value;
  return t(`filter.${past ? "last" : "next"}_${value.unit}`, { count: past ? value.last : value.next });
}
