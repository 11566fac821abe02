/** A coloured word: options, stages and tags. Plain elements, for grids draw thousands. */
import type { Hue } from "@/api/types";
import classes from "../field-kinds.module.css";

const HUES: readonly Hue[] = ["slate", "blue", "violet", "cyan", "green", "lime", "amber", "orange", "red", "pink"];

/** The hue when it is one of ours, else slate. */
export function hueOf(color: unknown): Hue {
  return HUES.includes(color as Hue) ? (color as Hue) : "slate";
}

/** A hue that stays the same for the same word. */
export function hueOfWord(word: string): Hue {
  let sum = 0;
  for (const char of word) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return HUES[sum % HUES.length] ?? "slate";
}

export function Chip({ text, hue }: { text: string; hue: Hue }) {
  return (
    <span className={classes.chip} style={{ color: `var(--gx-${hue}-fg)`, background: `var(--gx-${hue}-bg)` }}>
      {text}
    </span>
  );
}
