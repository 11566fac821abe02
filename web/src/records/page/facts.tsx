/** The fields of a record by the sections of its layout, each edited in place. */
import { Switch, TextInput } from "@mantine/core";
import { ChevronRight, Search } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, PageLayout, RecordRow } from "@/api/types";
import { label } from "@/lib/label";
import { fieldKind } from "../field-kinds";
import type { FormSection } from "../form/fields";
import { placedSections } from "../form/layout";
import { type Reaction, reactedSections } from "../form/reaction";
import { hasTab } from "./extensions";
import { Fact } from "./fact";
import classes from "./facts.module.css";
import { isPriced } from "./lines-tab";
import type { useRecord } from "./use-record";

const FILTER_FROM = 12;

/** The sections with these numbers; all visible fields, and last who created it when, where none are named. */
function sectionsOf(
  object: CatalogObject,
  layout: PageLayout,
  only: readonly number[] | undefined,
): FormSection[] {
  const visible = (field: Field) => !field.hidden && !isPriced(field) && !hasTab(object.key, field.key);
  const placed = placedSections(object, layout, visible);
  if (only) return only.flatMap((place) => placed[place] ?? []);
  const known = new Set(placed.flatMap((section) => section.fields));
  const others = object.fields.filter((field) => visible(field) && !known.has(field) && field.key !== "id");
  const rest = [...others.filter((field) => !field.system), ...others.filter((field) => field.system)];
  return [...placed, { label: null, fields: rest, columns: layout.sections[0]?.columns }];
}

interface FactsProps {
  object: CatalogObject;
  record: RecordRow;
  state: ReturnType<typeof useRecord>;
  layout: PageLayout;
  reaction: Reaction;
  /** Numbers of the sections that are shown; absent: all, and the fields in none of them. */
  only?: readonly number[];
}

export function Facts({ object, record, state, layout, reaction, only }: FactsProps) {
  const { t } = useTranslation();
  const [filledOnly, setFilledOnly] = useState(false);
  const [words, setWords] = useState("");
  const wanted = words.trim().toLowerCase();
  const shown = (field: Field) => {
    if (filledOnly && fieldKind(field.kind).isEmpty(record[field.key])) return false;
    return !wanted || label(field.label).toLowerCase().includes(wanted);
  };
  const sections = reactedSections(sectionsOf(object, layout, only), reaction)
    .map((section) => ({ ...section, fields: section.fields.filter(shown) }))
    .filter((section) => section.fields.length > 0);
  const editable = record._rights?.edit !== false;
  return (
    <div className={classes.facts}>
      {!only && object.fields.length > FILTER_FROM && (
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
        <FactSection
          // biome-ignore lint/suspicious/noArrayIndexKey: sections have no identity but their place.
          key={index}
          section={section}
          searched={wanted !== ""}
        >
          {section.fields.map((field) => (
            <Fact
              key={field.key}
              field={field}
              width={section.widths?.[field.key]}
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
        </FactSection>
      ))}
      {sections.length === 0 && <p className={classes.none}>{t("page.no_field")}</p>}
    </div>
  );
}

interface FactSectionProps {
  section: FormSection;
  /** A search opens what it finds. */
  searched: boolean;
  children: ReactNode;
}

function FactSection({ section, searched, children }: FactSectionProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(!section.collapsed);
  const shown = opened || searched;
  const title = section.label ? label(section.label) : t("page.more_facts");
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>
        {section.collapsed ? (
          <button
            type="button"
            className={classes.fold}
            aria-expanded={shown}
            onClick={() => setOpened(!opened)}
          >
            <ChevronRight className={classes.chevron} size={14} aria-hidden />
            {title}
          </button>
        ) : (
          title
        )}
      </h2>
      {shown && (
        <dl className={classes.list} data-columns={section.columns ?? 2}>
          {children}
        </dl>
      )}
    </section>
  );
}
