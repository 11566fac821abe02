/** The sentence a person reads about a value, before the server is asked; the server checks again. */
import { t } from "i18next";
import { label } from "@/lib/label";
import { fieldKind } from ".";
import type { KindField } from "./types";

/** Null when the value may be sent. */
export function problemOf(field: KindField, value: unknown): string | null {
  const kind = fieldKind(field.kind);
  if (kind.isEmpty(value)) {
    return field.required ? t("field-kinds.invalid_required", { name: label(field.label) }) : null;
  }
  const problem = kind.validate?.(value, field);
  return problem ? t(`field-kinds.invalid_${problem.code}`, { ...problem.params }) : null;
}
