/** The fields of a record by the sections of its layout, each edited in place. */
import { Switch, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, Label, RecordRow } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import { fieldKind } from "../field-kinds";
import { Fact } from "./fact";
import classes from "./facts.module.css";
import type { useRecord } from "./use-record";

const FILTER_FROM = 12;

interface Section {
  label: Label | null;
  fields: Field[];
}

/** All visible fields as the layout places them, then bookkeeping such as who created it when. */
function sectionsOf(object: CatalogObject): Section[] {
  const placed = (object.layout.sections ?? []).map((section) => ({
    label: section.label,
    fields: section.fields.flatMap((key) => findField(object, key) ?? []).filter((field) => !field.hidden),
  }));
  const known = new Set(placed.flatMap((section) => section.fields));
  const visible = object.fields.filter((field) => !field.hidden && !known.has(field) && field.key !== "id");
  const rest = [...visible.filter((field) => !field.system), ...visible.filter((field) => field.system)];
  return [...placed, { label: null, fields: rest }].filter((section) => section.fields.length > 0);
}

interface FactsProps {
  object: CatalogObject;
  record: RecordRow;
  state: ReturnType<typeof useRecord>;
}

export function Facts({ object, record, state }: FactsProps) {
  const { t } = useTranslation();
  const [filledOnly, setFilledOnly] = useState(false);
  const [words, setWords] = useState("");
  const wanted = words.trim().toLowerCase();
  const shown = (field: Field) => {
    if (filledOnly && fieldKind(field.kind).isEmpty(record[field.key])) return false;
    return !wanted || label(field.label).toLowerCase().includes(wanted);
  };
  const sections = sectionsOf(object)
    .map((section) => ({ ...section, fields: section.fields.filter(shown) }))
    .filter((section) => section.fields.length > 0);
  const editable = record._rights?.edit !== false;
  return (
    <div className={classes.facts}>
      {object.fields.length > FILTER_FROM && (
        <div className={classes.tools}>
          <TextInput
            size="xs"
            leftSection={<Search size={14} />}
            placeholder={t("page.find_field")}
            aria-label={t("page.find_field")}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <Switch
            size="xs"
            label={t("page.filled_only")}
            checked={filledOnly}
            onChange={(event) => setFilledOnly(event.currentTarget.checked)}
          />
        </div>
      )}
      {sections.map((section, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections have no identity but their place.
        <section key={index} className={classes.section}>
          <h2 className={classes.sectionTitle}>
            {section.label ? label(section.label) : t("page.more_facts")}
          </h2>
          <dl className={classes.list}>
            {section.fields.map((field) => (
              <Fact
                key={field.key}
                field={field}
                object={object.key}
                record={record}
                editable={editable}
                save={state.save}
                saving={state.saving.includes(field.key)}
                fresh={state.fresh.includes(field.key)}
                refusal={state.refusals[field.key]}
                forget={state.forget}
              />
            ))}
          </dl>
        </section>
      ))}
      {sections.length === 0 && <p className={classes.none}>{t("page.no_field")}</p>}
    </div>
  );
}
