/** How a value comes about, and the editor for that way: the field's own, the formula's, text with fields, a name. */
import { SegmentedControl, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field } from "@/api/types";
import { lazily } from "@/ui/lazily";
import type { FormulaEditor } from "../formula/formula-editor";
import { Constant } from "./constant";
import classes from "./steps.module.css";
import { TemplateInput } from "./template-setting";
import { contentOf, formOf, type StepValue, takesText, type ValueForm } from "./values";

const Formula = lazily<Parameters<typeof FormulaEditor>[0]>(async () => ({
  default: (await import("../formula/formula-editor")).FormulaEditor,
}));

export function ValueInput({
  name,
  object,
  field,
  of,
  variables,
  value,
  onChange,
}: {
  name: string;
  /** The flow's object, of whose record formulas and texts are worked out. */
  object: CatalogObject | undefined;
  /** What the value is for; null for a value that belongs to no field. */
  field: Field | null;
  /** The object that has the field. */
  of: string | undefined;
  variables: readonly string[];
  value: StepValue;
  onChange(value: StepValue): void;
}) {
  const { t } = useTranslation();
  const form = formOf(value);
  const content = contentOf(value);
  const forms: ValueForm[] = [
    ...(field ? (["value"] as const) : []),
    ...(object ? (["formula"] as const) : []),
    ...(!field || takesText(field) ? (["text"] as const) : []),
    ...(variables.length > 0 && (!field || field.trait === "ref" || field.trait === "about")
      ? (["data"] as const)
      : []),
  ];
  const text = typeof content === "string" ? content : "";
  const begin = (next: ValueForm): StepValue =>
    next === "value"
      ? { value: null }
      : next === "formula"
        ? { formula: "" }
        : next === "text"
          ? { text: "" }
          : { data: `${variables[0]}.id` };
  return (
    <>
      {(forms.length > 1 || !forms.includes(form)) && (
        <SegmentedControl
          className={classes.form}
          size="xs"
          aria-label={t("steps.form_of", { name })}
          data={(forms.includes(form) ? forms : [form, ...forms]).map((each) => ({
            value: each,
            label: t(`steps.form_${each}`),
          }))}
          value={form}
          onChange={(next) => onChange(begin(next as ValueForm))}
        />
      )}
      {form === "value" && field && (
        <Constant
          field={field}
          of={of}
          name={name}
          value={content}
          onChange={(next) => onChange({ value: next })}
        />
      )}
      {form === "formula" && object && (
        <Formula
          object={object.key}
          name={t("steps.formula_for", { name })}
          expression={text}
          onChange={(formula) => onChange({ formula })}
        />
      )}
      {form === "text" && (
        <TemplateInput
          aria-label={name}
          object={object}
          value={text}
          onChange={(next) => onChange({ text: next })}
        />
      )}
      {form === "data" && (
        <Select
          aria-label={name}
          allowDeselect={false}
          data={variables.map((each) => ({
            value: `${each}.id`,
            label: t("steps.made_record", { name: each }),
          }))}
          value={text}
          onChange={(data) => data && onChange({ data })}
        />
      )}
    </>
  );
}
