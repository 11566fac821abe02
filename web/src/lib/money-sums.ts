/** Sums of money as the server tells them: nothing, one amount, or one for each currency that meets in them. */
import i18next from "i18next";
import type { MoneyValue } from "@/api/types";
import { formatMoney, formatMoneyShort } from "./format";

/** The parts of a sum by currency; a bare number is in `fallback`. */
export function moneyParts(value: unknown, fallback: string): MoneyValue[] {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value)) return value.flatMap((part) => moneyParts(part, fallback));
  if (typeof value === "object") return [value as MoneyValue];
  return [{ amount: String(value), currency: fallback }];
}

/** One amount, or that there are several currencies; what each amounts to is told by `moneyPartsText`. */
export function moneySumText(parts: readonly MoneyValue[], size: "short" | "full" = "full"): string {
  const [first] = parts;
  if (!first) return "";
  if (parts.length > 1) return i18next.t("lib.several_currencies");
  return size === "short" ? formatMoneyShort(first) : formatMoney(first);
}

/** Every part in full, for the hint on hover. */
export function moneyPartsText(parts: readonly MoneyValue[]): string {
  return parts.map((part) => formatMoney(part)).join(" + ");
}

/** Sums added up currency by currency. */
export function addSums(sums: readonly (readonly MoneyValue[])[]): MoneyValue[] {
  const byCurrency = new Map<string, number>();
  for (const { amount, currency } of sums.flat()) {
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + Number(amount));
  }
  return [...byCurrency]
    .map(([currency, amount]) => ({ amount: String(Math.round(amount * 100) / 100), currency }))
    .sort((a, b) => a.currency.localeCompare(b.currency));
}
