/** How the text of one column is understood: which record it names, how dates and numbers are written, what is replaced. */
import { ActionIcon, Autocomplete, Checkbox, Select, TextInput } from "@mantine/core";
import { ArrowRight, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, MappingEntry } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import classes from "./import.module.css";
import { isReference } from "./mapping";
import { mayCreateMissing } from "./missing-records";
import { ReplacementInput } from "./replacement-input";
import { relationKeys } from "./targets";

export function hasOptions(field: Field): boolean {
  return (
    isReference(field) || ["date", "datetime", "number", "choice", "choices", "boolean"].includes(field.trait)
  );
}

export function MappingOptions({
  field,
  entry,
  samples,
  onChange,
}: {
  field: Field;
  entry: MappingEntry;
  samples: string[];
  onChange: (changed: Partial<MappingEntry>) => void;
}) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const relation = entry.relation ?? { by: "title", create_missing: false };
  return (
    <div className={classes.options}>
      {isReference(field) && (
        <>
          <Select
            size="xs"
            label={t("import.relation_by")}
            data={relationKeys(catalog, field, { title: t("import.by_title"), id: t("import.by_id") })}
            value={relation.by}
            allowDeselect={false}
            onChange={(by) =>
              by && onChange({ relation: { by, create_missing: relation.create_missing && by !== "id" } })
            }
          />
          {mayCreateMissing(catalog, field) && (
            <Checkbox
              size="xs"
              mt={26}
              label={t("import.create_missing")}
              disabled={relation.by === "id"}
              checked={relation.create_missing}
              onChange={(event) =>
                onChange({ relation: { ...relation, create_missing: event.currentTarget.checked } })
              }
            />
          )}
        </>
      )}
      {["date", "datetime"].includes(field.trait) && (
        <Select
          size="xs"
          label={t("import.date_order")}
          data={(["ymd", "mdy", "dmy"] as const).map((value) => ({
            value,
            label: t(`import.date_${value}`),
          }))}
          value={entry.date_order ?? "mdy"}
          allowDeselect={false}
          onChange={(order) => onChange({ date_order: (order ?? "mdy") as MappingEntry["date_order"] })}
        />
      )}
      {field.trait === "number" && (
        <Select
          size="xs"
          label={t("import.decimal_mark")}
          data={[
            { value: ".", label: "1,234.56" },
            { value: ",", label: "1.234,56" },
          ]}
          value={entry.decimal_mark ?? "."}
          allowDeselect={false}
          onChange={(mark) => onChange({ decimal_mark: (mark ?? ".") as MappingEntry["decimal_mark"] })}
        />
      )}
      <Replacements field={field} entry={entry} samples={samples} onChange={onChange} />
    </div>
  );
}

/** Texts of the file that are read as something else. */
function Replacements({
  field,
  entry,
  samples,
  onChange,
}: {
  field: Field;
  entry: MappingEntry;
  samples: string[];
  onChange: (changed: Partial<MappingEntry>) => void;
}) {
  const { t } = useTranslation();
  const values = entry.values ?? {};
  const set = (old: string, replacement: string | null) => {
    const { [old]: _, ...others } = values;
    onChange({ values: replacement === null ? others : { ...others, [old]: replacement } });
  };
  const [typed, setTyped] = useState("");
  const add = (old: string) => {
    if (old) set(old, "");
    // The field writes the chosen option back after this; clearing has to wait for it.
    queueMicrotask(() => setTyped(""));
  };
  const unused = samples.filter((sample) => !(sample in values));
  return (
    <div className={classes.replacements}>
      <span className={classes.label}>{t("import.replacements")}</span>
      {Object.entries(values).map(([old, replacement]) => (
        <div key={old} className={classes.replacement}>
          <TextInput size="xs" value={old} readOnly aria-label={t("import.in_file")} />
          <ArrowRight size={14} className={classes.arrow} aria-hidden />
          <ReplacementInput field={field} value={replacement} onChange={(text) => set(old, text ?? "")} />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("import.remove_entry")}
            onClick={() => set(old, null)}
          >
            <X size={14} />
          </ActionIcon>
        </div>
      ))}
      <Autocomplete
        size="xs"
        maw={260}
        placeholder={t("import.add_replacement")}
        aria-label={t("import.add_replacement")}
        data={unused}
        value={typed}
        onChange={setTyped}
        onOptionSubmit={add}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          add(typed.trim());
        }}
      />
    </div>
  );
}
