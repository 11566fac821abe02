/** The fields of a form in the columns of their sections; closed sections open on demand, or when one has a problem. */
import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { levelOn } from "../field-kinds/shown-kind";
import type { FormSection } from "./fields";
import classes from "./form.module.css";
import { FormField } from "./form-field";
import type { Reaction } from "./reaction";
import type { RecordForm } from "./use-record-form";

interface FormSectionsProps {
  object: string;
  form: RecordForm;
  sections: FormSection[];
  /** Values that are worked out, from here where the server has answered. */
  reaction?: Reaction;
  /** Sentences by field, when not those of the form alone. */
  problems?: Record<string, string>;
  disabled?: boolean;
  /** Puts the cursor into the first field. */
  autoFocus?: boolean;
}

/** Kinds whose options depend on the other values. */
const LOOKS_AROUND = new Set(["lookup", "sub_table"]);

export function FormSections(props: FormSectionsProps) {
  const { object: key, form, sections, disabled, reaction = null, problems = form.problems } = props;
  const { t } = useTranslation();
  const object = useObject(key);
  const first = props.autoFocus
    ? sections.flatMap(({ fields }) => fields).find(({ result }) => !result)
    : undefined;
  const hintFor = (field: Field) => {
    const parent = field.settings.depends_on;
    const none =
      typeof parent === "string" &&
      field.settings.options?.length === 0 &&
      object &&
      findField(object, parent);
    return none ? t("form.choose_first", { name: label(none.label) }) : undefined;
  };
  const draw = (field: Field, width?: number | null) => (
    <FormField
      key={field.key}
      field={field}
      object={key}
      value={field.result && reaction ? reaction.computed[field.key] : form.values[field.key]}
      problem={problems[field.key]}
      onChange={form.set}
      record={LOOKS_AROUND.has(field.kind) ? form.values : undefined}
      autoFocus={field.key === first?.key}
      disabled={disabled || levelOn(field, form.values) !== "edit"}
      width={width}
      hint={hintFor(field)}
    />
  );
  return sections.map((section, index) => (
    <Section
      // biome-ignore lint/suspicious/noArrayIndexKey: sections have no identity but their place.
      key={index}
      section={section}
      titled={sections.length > 1 || section.collapsed === true}
      wrong={section.fields.some((field) => problems[field.key])}
    >
      {section.fields.map((field) => draw(field, section.widths?.[field.key]))}
    </Section>
  ));
}

function Section({
  section,
  titled,
  wrong,
  children,
}: {
  section: FormSection;
  titled: boolean;
  wrong: boolean;
  children: ReactNode;
}) {
  const [opened, setOpened] = useState(!section.collapsed);
  const shown = opened || wrong;
  return (
    <section className={classes.section}>
      {section.label && titled && (
        <h3 className={classes.sectionTitle}>
          {section.collapsed ? (
            <button
              type="button"
              className={classes.fold}
              aria-expanded={shown}
              onClick={() => setOpened(!opened)}
            >
              <ChevronRight className={classes.chevron} size={14} aria-hidden />
              {label(section.label)}
            </button>
          ) : (
            label(section.label)
          )}
        </h3>
      )}
      {shown && (
        <div className={classes.fields} data-columns={section.columns ?? 2}>
          {children}
        </div>
      )}
    </section>
  );
}
