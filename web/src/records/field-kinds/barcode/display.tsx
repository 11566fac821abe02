/** The text in cells; on pages the code that a scanner reads above it. */
import { lazy, Suspense } from "react";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { LinearCode } from "./linear-code";
import { fitsFormat, formatOf } from "./value";

const QrCode = lazy(() => import("./qr-code"));

export function BarcodeDisplay({ value, field, inline = true }: DisplayProps<string>) {
  const text = value ?? "";
  const format = formatOf(field);
  if (inline || !text || !fitsFormat(text, format)) return <span className={classes.line}>{text}</span>;
  return (
    <span className={classes.stack}>
      {format === "qr" ? (
        <Suspense>
          <QrCode text={text} />
        </Suspense>
      ) : (
        <LinearCode text={text} format={format} />
      )}
      <span className={classes.numeric}>{text}</span>
    </span>
  );
}
