/** Second step: which column fills which field. */
import { Button, Menu } from "@mantine/core";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, ImportPreview } from "@/api/types";
import { label } from "@/lib/label";
import classes from "./import.module.css";
import { addEntry, clashes, type Draft, missingRequired } from "./mapping";
import { MappingRow } from "./mapping-row";

export interface StepProps {
  object: CatalogObject;
  preview: ImportPreview;
  draft: Draft;
  onDraft: (draft: Draft) => void;
}

export function MappingStep({
  object,
  preview,
  draft,
  onDraft,
  onNext,
  onBack,
}: StepProps & {
  onNext: () => void;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const doubled = clashes(draft);
  const missing = missingRequired(draft, object);
  const mapped = draft.entries.filter((entry) => entry.field);
  const columns = mapped.filter((entry) => entry.column !== undefined).length;
  const samples = new Map(preview.columns.map((column) => [column.name, column.samples]));

  return (
    <>
      <p className={classes.lead}>
        {t("import.mapping_text", {
          count: preview.columns.length,
          mapped: columns,
          object: label(object.label),
        })}
      </p>
      <section className={classes.list}>
        <div className={classes.mappingHead} aria-hidden>
          <span>{t("import.from")}</span>
          <span>{t("import.samples")}</span>
          <span>{t("import.to")}</span>
          <span />
        </div>
        {draft.entries.map((entry, place) => (
          <MappingRow
            // biome-ignore lint/suspicious/noArrayIndexKey: entries keep their place while they change
            key={place}
            object={object}
            columns={preview.columns.map(({ name }) => name)}
            entry={entry}
            place={place}
            samples={samples.get(entry.column ?? "") ?? []}
            doubled={entry.field !== null && doubled.has(entry.field)}
            draft={draft}
            onDraft={onDraft}
          />
        ))}
      </section>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="subtle" size="compact-sm" mt="xs" leftSection={<Plus size={14} />}>
            {t("import.add_entry")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onDraft(addEntry(draft, { constant: "", field: null }))}>
            {t("import.add_constant")}
          </Menu.Item>
          <Menu.Item onClick={() => onDraft(addEntry(draft, { template: "", field: null }))}>
            {t("import.add_template")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {missing.length > 0 && (
        <p className={classes.warning} role="status">
          {t("import.missing_required", { fields: missing.map((field) => label(field.label)).join("、") })}
        </p>
      )}
      <footer className={classes.foot}>
        <Button variant="default" onClick={onBack}>
          {t("import.back")}
        </Button>
        <Button onClick={onNext} disabled={mapped.length === 0 || doubled.size > 0}>
          {t("import.next")}
        </Button>
      </footer>
    </>
  );
}
