/** One line of the mapping: where the text comes from, what it looks like, where it goes. */
import { ActionIcon, Select, TextInput, Tooltip } from "@mantine/core";
import { ArrowRight, Settings2, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, MappingEntry } from "@/api/types";
import { Chip } from "@/ui/chip";
import classes from "./import.module.css";
import { changeEntry, type Draft, fieldOf, removeEntry, retarget } from "./mapping";
import { hasOptions, MappingOptions } from "./mapping-options";
import { targetOptions } from "./targets";

/** Above this the server is sure of its proposal. */
const SURE = 0.8;

export function MappingRow({
  object,
  columns,
  entry,
  place,
  samples,
  doubled,
  draft,
  onDraft,
}: {
  object: CatalogObject;
  columns: string[];
  entry: MappingEntry;
  place: number;
  samples: string[];
  doubled: boolean;
  draft: Draft;
  onDraft: (draft: Draft) => void;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const field = entry.field ? fieldOf(object, entry.field) : undefined;
  const change = (changed: Partial<MappingEntry>) => onDraft(changeEntry(draft, place, changed));
  const replaced = Object.keys(entry.values ?? {}).length;
  const source = entry.column ?? t(entry.template === undefined ? "import.constant" : "import.template");

  return (
    <div className={classes.mappingRow} data-unmapped={!entry.field || undefined}>
      <div className={classes.source}>
        {entry.column !== undefined ? (
          <span className={classes.column}>{entry.column}</span>
        ) : entry.template !== undefined ? (
          <TextInput
            size="xs"
            label={source}
            placeholder={columns
              .slice(0, 2)
              .map((name) => `{${name}}`)
              .join(" · ")}
            value={entry.template ?? ""}
            onChange={(event) => change({ template: event.currentTarget.value })}
          />
        ) : (
          <TextInput
            size="xs"
            label={source}
            value={entry.constant ?? ""}
            onChange={(event) => change({ constant: event.currentTarget.value })}
          />
        )}
      </div>
      <div className={classes.samples}>
        {samples.slice(0, 3).map((sample) => (
          <span key={sample} className={classes.sample} title={sample}>
            {sample}
          </span>
        ))}
      </div>
      <div className={classes.target}>
        <ArrowRight size={14} className={classes.arrow} aria-hidden />
        <Select
          className={classes.grow}
          aria-label={t("import.target_of", { column: source })}
          placeholder={t("import.skip_column")}
          data={targetOptions(object, (part) => t(`import.part_${part}`))}
          value={entry.field}
          onChange={(target) => onDraft(retarget(draft, place, target, object))}
          searchable
          clearable
          error={doubled && t("import.doubled")}
        />
      </div>
      <div className={classes.rowTools}>
        {entry.confidence !== undefined && entry.field && entry.confidence < SURE && (
          <Chip hue="amber">{t("import.unsure")}</Chip>
        )}
        {replaced > 0 && <Chip hue="blue">{t("import.replaced", { count: replaced })}</Chip>}
        {entry.relation?.create_missing && <Chip hue="green">{t("import.creates")}</Chip>}
        {field && hasOptions(field) && (
          <Tooltip label={t("import.options")}>
            <ActionIcon
              variant={open ? "light" : "subtle"}
              color="gray"
              aria-expanded={open}
              aria-label={t("import.options_of", { column: source })}
              onClick={() => setOpen(!open)}
            >
              <Settings2 size={16} />
            </ActionIcon>
          </Tooltip>
        )}
        {entry.column === undefined && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("import.remove_entry")}
            onClick={() => onDraft(removeEntry(draft, place))}
          >
            <Trash2 size={16} />
          </ActionIcon>
        )}
      </div>
      {open && field && <MappingOptions field={field} entry={entry} samples={samples} onChange={change} />}
    </div>
  );
}
