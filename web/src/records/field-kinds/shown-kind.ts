/** How far somebody reaches into a field on one record, and what draws its value: a mask is drawn as the words it is. */
import type { Field } from "@/api/types";
import { type AnyFieldKind, fieldKind } from ".";
import type { KindField } from "./types";

const MASKED: ReadonlySet<string> = new Set(["masked", "reveal"]);
const MASK = /[*•]{3}/;

/** The level of a field on a record, by what the record's type says. */
export function levelOn(field: Field, record: Record<string, unknown>): Field["access"] {
  const type = record.record_type;
  return (typeof type === "string" ? field.access_by_type[type] : undefined) ?? field.access;
}

/** Whether a value is the mask of one, of a field that is masked on records of some type. */
export function isMask(field: KindField, value: unknown): value is string {
  return (
    typeof value === "string" &&
    MASK.test(value) &&
    Object.values(field.access_by_type ?? {}).some((level) => MASKED.has(level))
  );
}

/** The kind that draws a value: the field's own, or that of words for a mask. */
export function shownKind(field: KindField, value: unknown): AnyFieldKind {
  return fieldKind(isMask(field, value) ? "text" : field.kind);
}
