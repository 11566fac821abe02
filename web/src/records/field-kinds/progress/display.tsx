/** Progress as a bar with its figure. */
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";

export function ProgressDisplay({ value }: DisplayProps<string | number>) {
  const done = Number(value ?? 0);
  return (
    <span className={classes.progress}>
      <span className={classes.bar} aria-hidden="true">
        <span style={{ width: `${done}%` }} />
      </span>
      <span className={classes.numeric}>{done}%</span>
    </span>
  );
}
