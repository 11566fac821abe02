/** The other records' titles, each leading to its page. */
import clsx from "clsx";
import type { Reference } from "@/api/types";
import { RecordLink } from "../../lookup/record-link";
import classes from "../field-kinds.module.css";
import { referenceText, targetOf } from "../parts/reference";
import type { DisplayProps } from "../types";

export function ManyToManyDisplay({ value, field, linked = true, inline = true }: DisplayProps<Reference[]>) {
  return (
    <span className={clsx(classes.chips, !inline && classes.wrap)}>
      {(value ?? []).map((reference) => (
        <span key={reference.id} className={classes.pill}>
          {linked && !reference.restricted ? (
            <RecordLink object={targetOf(field.settings)} id={reference.id} className={classes.link}>
              {referenceText(reference)}
            </RecordLink>
          ) : (
            referenceText(reference)
          )}
        </span>
      ))}
    </span>
  );
}
