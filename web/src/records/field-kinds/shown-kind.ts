/** How far somebody reaches into a field on one record, and what draws its value: a mask is drawn as the words it is. */
import type { Field } from "@/api/types";
import { type AnyFieldKind, fieldKind } from ".";
import type { KindField } from "./types";

const MASKED: ReadonlySet<string> = new Set(["masked", "reveal"]);
const LEVELS: readonly Field["access"][] = ["hidden", "masked", "reveal", "read", "edit"];
const MASK = /[*•]{3}/;

/** The level of a field on a record, by what its type and the pool that it lies in say. */
export function levelOn(field: Field, record: Record<string, unknown>): Field["access"] {
  const type = record.record_type;
  const level = (typeof type === "string" ? field.access_by_type[type] : undefined) ?? field.access;
  const pool = (record.pool as { id?: string } | null | undefined)?.id;
  const there = pool === undefined ? undefined : field.access_in_pools?.[pool];
  return there !== undefined && LEVELS.indexOf(there) < LEVELS.indexOf(level) ? there : level;
}

/** Whether a value is the mask of one, of a field that is masked on records of some type or in some pool. */
export function isMask(field: KindField, value: unknown): value is string {
  return (
    typeof value === "string" &&
    MASK.test(value) &&
    [...Object.values(field.access_by_type ?? {}), ...Object.values(field.access_in_pools ?? {})].some(
      (level) => MASKED.has(level),
    )
  );
}

/** The kind that draws a value: the field's own, or that of words for a mask. */
export function shownKind(field: KindField, value: unknown): AnyFieldKind {
  return fieldKind(isMask(field, value) ? "text" : field.kind);
}
