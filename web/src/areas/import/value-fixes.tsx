/** Texts that name no option or record, each with the choice of what it stands for. Put right once, for all its rows. */
import { Button, Checkbox } from "@mantine/core";
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import classes from "./import.module.css";
import { changeEntry, type Draft, fieldOf, isReference, replaceValue } from "./mapping";
import { mayCreateMissing } from "./missing-records";
import { ReplacementInput } from "./replacement-input";
import type { UnknownValue } from "./unknown-values";

/** Values of one field shown at first. */
const SHOWN = 8;

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
  const catalog = useCatalog();
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : values.length - SHOWN;
  const place = draft.entries.findIndex((entry) => entry.field === field.key);
  const entry = draft.entries[place];
  const relation = entry?.relation ?? { by: "title", create_missing: false };
  return (
    <div className={classes.fixes}>
      <h3 className={classes.fixHeading}>
        {label(field.label)}
        {isReference(field) && mayCreateMissing(catalog, field) && relation.by !== "id" && (
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
      {values.slice(0, all ? undefined : SHOWN).map(({ value, count }) => (
        <div key={value} className={classes.fix}>
          <span className={classes.fixValue} title={value}>
            {value}
          </span>
          <span className={classes.fixCount}>{t("import.rows_short", { count })}</span>
          <ArrowRight size={14} className={classes.arrow} aria-hidden />
          <ReplacementInput
            field={field}
            value={entry?.values?.[value] ?? null}
            onChange={(text) => onDraft(replaceValue(draft, field.key, value, text))}
          />
        </div>
      ))}
      {hidden > 0 && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {t("import.show_rest", { count: hidden })}
        </Button>
      )}
    </div>
  );
}
