/** The text in cells; on pages the code that a scanner reads above it. */
import { lazy, Suspense } from "react";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { fitsFormat, formatOf } from "./value";

const LinearCode = lazy(() => import("./linear-code"));
const QrCode = lazy(() => import("./qr-code"));

export function BarcodeDisplay({ value, field, inline = true }: DisplayProps<string>) {
  const text = value ?? "";
  const format = formatOf(field);
  if (inline || !text || !fitsFormat(text, format)) return <span className={classes.line}>{text}</span>;
  return (
    <span className={classes.stack}>
      <Suspense>
        {format === "qr" ? <QrCode text={text} /> : <LinearCode text={text} format={format} />}
      </Suspense>
      <span className={classes.numeric}>{text}</span>
    </span>
  );
}
