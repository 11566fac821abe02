/** The other record's title, leading to its page. */
import type { Reference } from "@/api/types";
import { RecordLink } from "../../lookup/record-link";
import classes from "../field-kinds.module.css";
import { referenceText, targetOf } from "../parts/reference";
import type { DisplayProps } from "../types";

export function LookupDisplay({ value, field, linked = true }: DisplayProps<Reference>) {
  if (!value) return null;
  if (value.restricted) return <span className={classes.restricted}>{referenceText(value)}</span>;
  if (!linked) return <span className={classes.line}>{referenceText(value)}</span>;
  return (
    <RecordLink object={targetOf(field.settings)} id={value.id} className={classes.link}>
      {referenceText(value)}
    </RecordLink>
  );
}
