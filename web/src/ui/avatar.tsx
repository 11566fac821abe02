/** A person or a company as one or two upright letters on a hue that stays the same for the same name. */
import type { Hue } from "@/api/types";
import classes from "./avatar.module.css";
import { hueStyle } from "./chip";

const HUES: Hue[] = ["blue", "violet", "cyan", "green", "amber", "orange", "pink", "lime"];

export function hueOf(name: string): Hue {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return HUES[sum % HUES.length] ?? "blue";
}

/** 王 for 王芳, JS for John Smith; marks around a name are no letters of it. */
export function initials(name: string): string {
  const words = name
    .split(/\s+/)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ""))
    .filter(Boolean);
  const first = [...(words[0] ?? "")][0] ?? "?";
  if (/\p{Script=Han}/u.test(first)) return first;
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

export function Avatar({
  name,
  size = 24,
  square = false,
}: {
  name: string;
  size?: number;
  square?: boolean;
}) {
  return (
    <span
      className={classes.avatar}
      aria-hidden
      style={{
        ...hueStyle(hueOf(name)),
        width: size,
        height: size,
        fontSize: Math.round(size * (initials(name).length > 1 ? 0.38 : 0.46)),
        borderRadius: square ? 8 : "50%",
      }}
    >
      {initials(name)}
    </span>
  );
}
