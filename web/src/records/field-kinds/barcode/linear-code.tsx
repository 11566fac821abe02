/** A linear code drawn to scale. */
import classes from "../field-kinds.module.css";
import { code128, ean8, ean13 } from "./bars";
import type { CodeFormat } from "./value";

const HEIGHT = 40;
const QUIET = 10;

export default function LinearCode({ text, format }: { text: string; format: Exclude<CodeFormat, "qr"> }) {
  const modules =
    format === "code128"
      ? code128(text)
      : format === "ean8"
        ? ean8(text)
        : ean13(format === "upc_a" ? `0${text}` : text);
  const path = [...modules.matchAll(/1+/g)].map(
    ({ index, 0: run }) => `M${index + QUIET} 0h${run.length}v${HEIGHT}h-${run.length}z`,
  );
  const width = modules.length + 2 * QUIET;
  return (
    <svg
      className={classes.barcode}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width * 1.5}
      role="img"
      aria-label={text}
    >
      <path d={path.join("")} />
    </svg>
  );
}
