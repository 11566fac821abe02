/** A QR code; loaded when the first one is shown. */
import { encode } from "uqr";
import classes from "../field-kinds.module.css";

export default function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      className={classes.barcode}
      viewBox={`0 0 ${size} ${size}`}
      width={112}
      height={112}
      role="img"
      aria-label={text}
    >
      <path d={path.join("")} />
    </svg>
  );
}
