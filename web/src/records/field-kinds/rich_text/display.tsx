/** Rich words: one plain line in cells, the full text on pages. */
import { lazy, Suspense } from "react";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { plainOfHtml } from "./value";

const Prose = lazy(() => import("./prose"));

export function RichTextDisplay({ value, inline = true }: DisplayProps<string>) {
  const plain = plainOfHtml(value);
  if (inline) return <span className={classes.line}>{plain}</span>;
  return (
    <Suspense fallback={<span className={classes.block}>{plain}</span>}>
      <Prose html={value ?? ""} />
    </Suspense>
  );
}
