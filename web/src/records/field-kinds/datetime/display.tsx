/** An instant in the browser's zone. */
import clsx from "clsx";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { datetimeText } from "./value";

export function DateTimeDisplay({ value }: DisplayProps<string>) {
  return (
    <time dateTime={value ?? undefined} className={clsx(classes.line, classes.numeric)}>
      {datetimeText(value)}
    </time>
  );
}
