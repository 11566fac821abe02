/** Progress as a bar with its figure. */
import { Progress } from "@mantine/core";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";

export function ProgressDisplay({ value }: DisplayProps<string | number>) {
  const done = Number(value ?? 0);
  return (
    <span className={classes.progress}>
      <Progress className={classes.bar} value={done} size="sm" aria-hidden="true" />
      <span className={classes.numeric}>{done}%</span>
    </span>
  );
}
