/** A value as lists show it, not to be clicked. */
import type { Field } from "@/api/types";
import { currentLanguage } from "@/lib/language";
import { fieldKind } from "@/records/field-kinds";

export function FieldValue({ field, value }: { field: Field; value: unknown }) {
  const { Display } = fieldKind(field.kind);
  return <Display value={value} field={field} language={currentLanguage()} linked={false} />;
}
