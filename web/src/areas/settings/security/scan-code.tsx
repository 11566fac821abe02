/** A picture that the camera of a telephone reads; loaded when it is shown. */
import { encode } from "uqr";
import classes from "./security.module.css";

export function ScanCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: "M", border: 3 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      className={classes.picture}
      viewBox={`0 0 ${size} ${size}`}
      width={176}
      height={176}
      role="img"
      aria-label={label}
    >
      <path d={path.join("")} />
    </svg>
  );
}
