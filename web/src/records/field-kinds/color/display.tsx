/** A colour: a patch of it, and its code. */
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";

export function ColorDisplay({ value }: DisplayProps<string>) {
  return (
    <span className={classes.withIcon}>
      <span className={classes.swatch} style={{ background: value ?? undefined }} aria-hidden="true" />
      <span className={classes.numeric}>{value}</span>
    </span>
  );
}
