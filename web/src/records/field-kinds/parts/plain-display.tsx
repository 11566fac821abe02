/** Displays of kinds that read best as one run of plain words: what the kind's own `toText` says. */
import clsx from "clsx";
import classes from "../field-kinds.module.css";
import { shownKind } from "../shown-kind";
import type { DisplayProps } from "../types";

export function PlainDisplay({ value, field, language, inline = true }: DisplayProps) {
  return (
    <span className={inline ? classes.line : classes.block}>
      {shownKind(field, value).toText(value, field, language)}
    </span>
  );
}

/** The same with figures of equal width. */
export function NumberDisplay({ value, field, language }: DisplayProps) {
  return (
    <span className={clsx(classes.line, classes.numeric)}>
      {shownKind(field, value).toText(value, field, language)}
    </span>
  );
}
