/** What decimal, percent, money and integer have in common: reading, ranges and decimals. */
import { parseDecimal, scaleOf } from "../number-text";
import type { FieldProblem, KindField } from "../types";
import { numberSetting } from "./plain-text";

/** The typed number, or the raw words, which `numberProblem` refuses. */
export function readNumber(text: string): string | null {
  const parsed = parseDecimal(text);
  return parsed === undefined ? text : parsed;
}

/** First problem of a number against `min`, `max` and `scale` of the field. */
export function numberProblem(value: string | number, field: KindField, scale?: number): FieldProblem | null {
  const parsed = parseDecimal(String(value));
  if (parsed === undefined || parsed === null) return { code: "not_a_number" };
  if (scale !== undefined && scaleOf(parsed) > scale) {
    return scale === 0 ? { code: "not_whole" } : { code: "too_precise", params: { scale } };
  }
  const min = numberSetting(field, "min");
  const max = numberSetting(field, "max");
  if (min !== undefined && Number(parsed) < min) return { code: "too_small", params: { min } };
  if (max !== undefined && Number(parsed) > max) return { code: "too_large", params: { max } };
  return null;
}

export function isEmptyNumber(value: string | number | null | undefined): boolean {
  return value === null || value === undefined || value === "";
}
