/** What computed kinds have in common: values look as those of the result's kind, and nobody edits them. */
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Language } from "@/api/types";
import { fieldKind } from "..";
import type { DisplayProps, FieldKind, InputProps, KindField } from "../types";

/** The field as one of the kind of its result, by which its values are drawn and told. */
function shownField(field: KindField): KindField {
  const { result } = field;
  return result
    ? { ...field, kind: result.kind, settings: result.settings }
    : { ...field, kind: "json", settings: {} };
}

function ComputedDisplay(props: DisplayProps) {
  const field = shownField(props.field);
  const { Display, isEmpty } = fieldKind(field.kind);
  return isEmpty(props.value) ? null : <Display {...props} field={field} />;
}

function ComputedInput({ value, field, error, compact, ...named }: InputProps) {
  const { i18n } = useTranslation();
  const shown = shownField(field);
  const words = fieldKind(shown.kind).toText(value, shown, i18n.language as Language);
  return (
    <TextInput
      id={named.id}
      aria-label={named["aria-label"]}
      value={words}
      error={error}
      size={compact ? "xs" : undefined}
      variant={compact ? "unstyled" : undefined}
      readOnly
      autoFocus={named.autoFocus}
    />
  );
}

/** A computed kind. `trait` and `width` stand for its usual result; the catalog says the trait of each field. */
export function computedKind(kind: FieldKind["kind"], trait: FieldKind["trait"], width: number): FieldKind {
  return {
    kind,
    trait,
    Display: ComputedDisplay,
    Input: ComputedInput,
    toText: (value, field, language) => {
      const shown = shownField(field);
      return fieldKind(shown.kind).toText(value, shown, language);
    },
    isEmpty: (value) => value === null || value === undefined || value === "",
    align: trait === "number" ? "end" : "start",
    editableInCell: false,
    cellEditor: "inline",
    width,
  };
}
