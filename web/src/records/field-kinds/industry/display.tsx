/** An industry by its name, the code behind it where there is room. */
import classes from "../field-kinds.module.css";
import type { Coded } from "../parts/tree";
import type { DisplayProps } from "../types";

export function IndustryDisplay({ value, inline = true }: DisplayProps<Coded>) {
  return (
    <span className={inline ? classes.line : classes.block} title={value?.code}>
      {value?.name} {!inline && <span className={classes.hint}>{value?.code}</span>}
    </span>
  );
}
