/** Old and new values of changed fields, in words. */
import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, FieldChange } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { shownKind } from "../field-kinds/shown-kind";
import classes from "./timeline.module.css";

interface FieldChangesProps {
  object: CatalogObject;
  fields: readonly FieldChange[];
  /** The record's first values: there is nothing they replaced. */
  first?: boolean;
}

export function FieldChanges({ object, fields, first }: FieldChangesProps) {
  return (
    <ul className={classes.changes}>
      {fields.map((change) => (
        <li key={change.field}>
          <OneChange object={object} change={change} first={first} />
        </li>
      ))}
    </ul>
  );
}

interface OneChangeProps {
  object: CatalogObject;
  change: FieldChange;
  first?: boolean;
}

export function OneChange({ object, change, first }: OneChangeProps) {
  const { t } = useTranslation();
  const field = findField(object, change.field);
  // The reader's zone and language are known here; the server's words stand in for fields that are gone.
  const words = (value: unknown, told: string | null) =>
    (field ? shownKind(field, value).toText(value, field, currentLanguage()) : told) || t("timeline.empty");
  return (
    <span className={classes.change}>
      <span className={classes.changeName}>{label(change.label)}</span>
      {!first && (
        <>
          <span className={classes.old}>{words(change.old_value, change.old)}</span>
          <ArrowRight size={12} aria-label={t("timeline.became")} />
        </>
      )}
      <span>{words(change.new_value, change.new)}</span>
    </span>
  );
}
