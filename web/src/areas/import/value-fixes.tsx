/** Texts that name no option or record, each with the choice of what it stands for. Put right once, for all its rows. */
import { Checkbox } from "@mantine/core";
import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field } from "@/api/types";
import { label } from "@/lib/label";
import { Chip } from "@/ui/chip";
import classes from "./import.module.css";
import { changeEntry, type Draft, fieldOf, isReference, replaceValue } from "./mapping";
import { ReplacementInput } from "./replacement-input";
import type { UnknownValue } from "./unknown-values";

export function ValueFixes({
  object,
  unknown,
  draft,
  onDraft,
}: {
  object: CatalogObject;
  unknown: UnknownValue[];
  draft: Draft;
  onDraft: (draft: Draft) => void;
}) {
  const { t } = useTranslation();
  const keys = [...new Set(unknown.map(({ field }) => field))];
  if (keys.length === 0) return null;
  return (
    <section className={classes.card}>
      <h2 className={classes.heading}>{t("import.unknown_values")}</h2>
      <p className={classes.quiet}>{t("import.unknown_values_text")}</p>
      {keys.map((key) => {
        const field = fieldOf(object, key);
        return (
          field && (
            <FieldFixes
              key={key}
              field={field}
              values={unknown.filter((value) => value.field === key)}
              draft={draft}
              onDraft={onDraft}
            />
          )
        );
      })}
    </section>
  );
}

function FieldFixes({
  field,
  values,
  draft,
  onDraft,
}: {
  field: Field;
  values: UnknownValue[];
  draft: Draft;
  onDraft: (draft: Draft) => void;
}) {
  const { t } = useTranslation();
  const place = draft.entries.findIndex((entry) => entry.field === field.key);
  const entry = draft.entries[place];
  const relation = entry?.relation ?? { by: "title", create_missing: false };
  return (
    <div className={classes.fixes}>
      <h3 className={classes.fixHeading}>
        {label(field.label)}
        {isReference(field) && field.settings.target && relation.by !== "id" && (
          <Checkbox
            size="xs"
            label={t("import.create_missing")}
            checked={relation.create_missing}
            onChange={(event) =>
              onDraft(
                changeEntry(draft, place, {
                  relation: { ...relation, create_missing: event.currentTarget.checked },
                }),
              )
            }
          />
        )}
      </h3>
      {values.map(({ value, count }) => (
        <div key={value} className={classes.fix}>
          <span className={classes.fixValue} title={value}>
            {value}
          </span>
          <Chip>{t("import.rows_short", { count })}</Chip>
          <ArrowRight size={14} className={classes.arrow} aria-hidden />
          <ReplacementInput
            field={field}
            value={entry?.values?.[value] ?? null}
            onChange={(text) => onDraft(replaceValue(draft, field.key, value, text))}
          />
        </div>
      ))}
    </div>
  );
}
