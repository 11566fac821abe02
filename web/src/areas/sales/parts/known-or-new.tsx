/** One part of a conversion: made anew from the lead, or a record that exists. */
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Filter, Reference } from "@/api/types";
import { label } from "@/lib/label";
import { RecordPicker } from "@/records/lookup/record-picker";
import classes from "./convert-lead.module.css";

interface KnownOrNewProps {
  object: CatalogObject;
  /** Null makes a new one. */
  value: Reference | null;
  onChange(value: Reference | null): void;
  /** What to search for first. */
  suggestion: string | null;
  newText: string;
  where?: Filter | null;
}

export function KnownOrNew({ object, value, onChange, suggestion, newText, where }: KnownOrNewProps) {
  const { t } = useTranslation();
  const [known, setKnown] = useState(false);
  const name = label(object.label);
  return (
    <section className={classes.part}>
      <div className={classes.partHead}>
        <h3 className={classes.partTitle}>{name}</h3>
        <SegmentedControl
          size="xs"
          aria-label={name}
          value={known ? "known" : "new"}
          data={[
            { value: "new", label: t("sales.make_new") },
            { value: "known", label: t("sales.use_known") },
          ]}
          onChange={(choice) => {
            setKnown(choice === "known");
            if (choice === "new") onChange(null);
          }}
        />
      </div>
      {known ? (
        <RecordPicker
          object={object}
          value={value}
          onPick={onChange}
          where={where}
          clearable
          autoFocus
          aria-label={name}
          initialText={value ? undefined : (suggestion ?? undefined)}
        />
      ) : (
        <p className={classes.new}>{newText}</p>
      )}
    </section>
  );
}
