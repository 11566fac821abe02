/** As what the values of a formula may be shown, by the type that it gives; the most natural first. */
import type { FieldSettings } from "@/api/types";

const RESULTS: Record<string, string[]> = {
  number: ["number", "percent", "money", "text"],
  money: ["money", "number", "text"],
  text: ["text"],
  option: ["text"],
  boolean: ["boolean"],
  date: ["date", "text"],
  datetime: ["datetime", "date", "text"],
  record: ["record", "text"],
  list: ["text"],
};
const ALL = ["number", "money", "percent", "text", "boolean", "date", "datetime", "record"];

export function resultsFor(type: string): string[] {
  return RESULTS[type] ?? ALL;
}

/** What is kept of a formula's settings: what its result needs, and nothing that only the form wants to know. */
export function keptFormula(settings: FieldSettings): FieldSettings {
  const { expression, result, decimals, currency, target } = settings;
  return {
    expression,
    result,
    ...((result === "number" || result === "percent") && { decimals: decimals ?? 2 }),
    ...(result === "money" && { currency: currency ?? "CNY" }),
    ...(result === "record" && { target }),
  };
}
