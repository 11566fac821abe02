/** Structured data, compact in cells, indented on pages. */
import clsx from "clsx";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { jsonText, prettyJson } from "./value";

export function JsonDisplay({ value, inline = true }: DisplayProps<unknown>) {
  return (
    <code className={clsx(inline ? classes.line : classes.code)}>
      {inline ? jsonText(value) : prettyJson(value)}
    </code>
  );
}
