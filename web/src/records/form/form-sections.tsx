/** The fields of a form, two beside each other where there is room, under the titles of their sections. */
import type { Field } from "@/api/types";
import { label } from "@/lib/label";
import type { FormSection } from "./fields";
import classes from "./form.module.css";
import { FormField } from "./form-field";
import type { RecordForm } from "./use-record-form";

interface FormSectionsProps {
  object: string;
  form: RecordForm;
  sections: FormSection[];
  disabled?: boolean;
  /** Puts the cursor into the first field. */
  autoFocus?: boolean;
}

export function FormSections({ object, form, sections, disabled, autoFocus }: FormSectionsProps) {
  const first = autoFocus ? sections[0]?.fields[0] : undefined;
  const draw = (field: Field) => (
    <FormField
      key={field.key}
      field={field}
      object={object}
      value={form.values[field.key]}
      problem={form.problems[field.key]}
      onChange={form.set}
      record={field.kind === "lookup" || field.kind === "sub_table" ? form.values : undefined}
      autoFocus={field === first}
      disabled={disabled}
    />
  );
  return sections.map((section, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: sections have no identity but their place.
    <section key={index} className={classes.section}>
      {section.label && sections.length > 1 && (
        <h3 className={classes.sectionTitle}>{label(section.label)}</h3>
      )}
      <div className={classes.fields}>{section.fields.map(draw)}</div>
    </section>
  ));
}
