/** Display of kinds that read best as one run of plain words. */
import clsx from "clsx";
import type { ComponentType } from "react";
import classes from "../field-kinds.module.css";
import type { DisplayProps, FieldKind } from "../types";

/** A Display that writes `toText`; `numeric` sets figures of equal width. */
export function plainDisplay<V>(toText: FieldKind<V>["toText"], numeric = false): ComponentType<DisplayProps<V>> {
  return function PlainDisplay({ value, field, language, inline = true }: DisplayProps<V>) {
    return (
      <span className={clsx(inline ? classes.line : classes.block, numeric && classes.numeric)}>
        {toText(value, field, language)}
      </span>
    );
  };
}
