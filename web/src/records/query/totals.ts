/** Sums and averages under number columns, calculated by the server over the whole set. */
import type { Field, Language, MoneyValue } from "@/api/types";
import { formatNumber, formatPercent } from "@/lib/format";
import { moneyParts, moneyPartsText, moneySumText } from "@/lib/money-sums";
import { fieldKind } from "../field-kinds";
import type { Column, Total } from "./columns";

export type Aggregate = { fn: Exclude<Total, "none">; field: string };

/** The aggregate a column shows when nobody chose one. */
export function totalOf(column: Column, field: Field): Total {
  if (column.total) return column.total;
  if (field.trait !== "number" || column.field.includes(".")) return "none";
  const usual = field.kind === "percent" ? "avg" : "sum";
  return field.aggregates.includes(usual) ? usual : "none";
}

/** The aggregates a person may choose for the field. */
export function totalsFor(field: Field): Total[] {
  const known: Total[] = ["sum", "avg", "min", "max", "count_values"];
  return ["none", ...known.filter((fn) => field.aggregates.includes(fn))];
}

export function formatTotal({ fn }: Aggregate, field: Field, value: unknown, language: Language): string {
  if (value === null || value === undefined) return "";
  if (fn === "count_values") return formatNumber(value as number);
  if (isMoney(value) || field.kind === "money") return moneySumText(roundedParts(value, field));
  if (field.kind === "percent") return formatPercent(round(value));
  if (field.trait === "number") return formatNumber(round(value));
  return fieldKind(field.kind).toText(value, field, language);
}

/** What to tell on hover: the sum of each currency, where several meet. */
export function totalHint(field: Field, value: unknown): string | undefined {
  const parts = isMoney(value) ? roundedParts(value, field) : [];
  return parts.length > 1 ? moneyPartsText(parts) : undefined;
}

/** Only amounts of money are told as objects. */
function isMoney(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function roundedParts(value: unknown, field: Field): MoneyValue[] {
  const parts = moneyParts(value, field.settings.currency ?? "CNY");
  return parts.map((part) => ({ ...part, amount: round(part.amount) }));
}

/** Averages come with many digits; two are enough to read. */
function round(value: unknown): string {
  const text = String(value);
  return text.includes(".") ? String(Math.round(Number(text) * 100) / 100) : text;
}
