/** Amounts with their currency: exact decimal strings, never floats. */
import type { MoneyValue } from "@/api/types";
import { formatMoney } from "@/lib/format";
import { parseDecimal } from "../number-text";
import { numberProblem } from "../parts/number-kind";
import type { FieldProblem, KindField } from "../types";

export type Money = MoneyValue;

const FALLBACK_CURRENCY = "CNY";

/** The currency new amounts of the field get. */
export function currencyOf(field: KindField): string {
  return typeof field.settings.currency === "string" ? field.settings.currency : FALLBACK_CURRENCY;
}

/** Aggregates and older clients give bare numbers: they are in the field's currency. */
export function asMoney(value: Money | string | number | null | undefined, field: KindField): Money | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "object") return isBlank(value.amount) ? null : value;
  return { amount: String(value), currency: currencyOf(field) };
}

export function moneyText(value: Money | string | number | null | undefined, field: KindField): string {
  const money = asMoney(value, field);
  if (!money) return "";
  return parseDecimal(money.amount) ? formatMoney(money) : money.amount;
}

const CURRENCY_PREFIX: [RegExp, string][] = [
  [/^\s*(?:US\$|USD|\$)/i, "USD"],
  [/^\s*(?:HK\$|HKD)/i, "HKD"],
  [/^\s*(?:€|EUR)/i, "EUR"],
  [/^\s*(?:£|GBP)/i, "GBP"],
  [/^\s*(?:CN¥|CNY|RMB|[¥￥])/i, "CNY"],
];

/** Reads "¥1,234.50", "USD 30" or a bare number, which takes `fallback`. undefined: not an amount. */
export function readMoney(text: string, fallback: string): Money | null | undefined {
  const named = CURRENCY_PREFIX.find(([pattern]) => pattern.test(text));
  const amount = parseDecimal(named ? text.replace(named[0], "") : text);
  if (amount === null || amount === undefined) return amount;
  return { amount, currency: named?.[1] ?? fallback };
}

export function moneyProblem(value: Money | string | number, field: KindField): FieldProblem | null {
  const money = asMoney(value, field);
  return money ? numberProblem(money.amount, field) : null;
}

function isBlank(amount: unknown): boolean {
  return amount === null || amount === undefined || amount === "";
}
