/** Old and new values of changed fields, in words. */
import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FieldChange } from "@/api/types";
import { label } from "@/lib/label";
import { plainOfHtml } from "../field-kinds/rich_text/value";
import classes from "./timeline.module.css";

export function FieldChanges({ fields }: { fields: readonly FieldChange[] }) {
  return (
    <ul className={classes.changes}>
      {fields.map((change) => (
        <li key={change.field}>
          <OneChange change={change} />
        </li>
      ))}
    </ul>
  );
}

export function OneChange({ change }: { change: FieldChange }) {
  const { t } = useTranslation();
  const words = (value: string | null) =>
    (value?.startsWith("<") ? plainOfHtml(value) : value) || t("timeline.empty");
  return (
    <span className={classes.change}>
      <span className={classes.changeName}>{label(change.label)}</span>
      <span className={classes.old}>{words(change.old)}</span>
      <ArrowRight size={12} aria-label={t("timeline.became")} />
      <span>{words(change.new)}</span>
    </span>
  );
}
