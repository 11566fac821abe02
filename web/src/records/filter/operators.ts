/** Operators offered for a field, and what happens to the value when the operator changes. */
import type { Field } from "@/api/types";
import { takesList, takesNoValue } from "../query/filter";

/** Operators of the record API that the builder does not offer: they need values no input makes. */
const NOT_OFFERED = new Set(["object_is", "in_box"]);

export const offeredOperators = (field: Field) => field.operators.filter((op) => !NOT_OFFERED.has(op));

/** The operator a new condition begins with. */
export function firstOperator(field: Field): string {
  const usual: Partial<Record<Field["trait"], string>> = {
    text: "contains",
    number: "gte",
    date: "within",
    datetime: "within",
    choice: "in",
    tree: "in_tree",
    list: "contains",
    ref: "in",
  };
  const wanted = usual[field.trait];
  const offered = offeredOperators(field);
  return wanted && offered.includes(wanted) ? wanted : (offered[0] ?? "");
}

/** The shape of value an operator works on. */
export type ValueShape = "none" | "one" | "list" | "pair" | "relative" | "words" | "distance";

export function valueShape(op: string, field: Field): ValueShape {
  if (takesNoValue(op)) return "none";
  if (op === "between") return "pair";
  if (op === "within") return "relative";
  if (op === "near") return "distance";
  if (takesList(op)) return ["text", "number", "list"].includes(field.trait) ? "words" : "list";
  return "one";
}

/** The value for a new operator: kept when it fits, wrapped or unwrapped when it can be, else empty. */
export function adaptValue(value: unknown, before: ValueShape, after: ValueShape): unknown {
  if (before === after) return value;
  const lists = (shape: ValueShape) => shape === "list" || shape === "words";
  if (lists(before) && lists(after)) return value;
  if (before === "one" && lists(after)) return value === null ? [] : [value];
  if (lists(before) && after === "one") return Array.isArray(value) ? (value[0] ?? null) : null;
  return after === "pair" ? [null, null] : null;
}
