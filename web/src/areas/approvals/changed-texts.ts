/** What a change would make of a record, in words. */
import type { CatalogObject, RecordRow } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { fieldKind } from "@/records/field-kinds";

interface ChangedText {
  key: string;
  name: string;
  /** Null where what the record holds is not known. */
  before: string | null;
  after: string;
}

/** The values that would change; without a record those that are not empty. */
export function changedTexts(
  object: CatalogObject,
  values: Record<string, unknown>,
  row: RecordRow | undefined,
): ChangedText[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const field = findField(object, key);
    if (!field) return [];
    const text = (one: unknown) => fieldKind(field.kind).toText(one, field, currentLanguage()) ?? "";
    const after = text(value);
    const before = row && key in row ? text(row[key]) : null;
    return (before ?? "") === after ? [] : [{ key, name: label(field.label), before, after }];
  });
}
