/** The small round sign of a person: the last two characters of a Chinese name, or initials. */
import classes from "../field-kinds.module.css";
import { hueOfWord } from "./chip";

/** 欧阳修远 -> 修远, 王芳 -> 芳, Ada Lovelace -> AL. */
export function initials(name: string): string {
  const trimmed = name.trim();
  if (/[一-鿿]/.test(trimmed)) return trimmed.length > 2 ? trimmed.slice(-2) : trimmed.slice(-1);
  const words = trimmed.split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((word) => word[0]?.toUpperCase()).join("");
}

export function Avatar({ name, size = 20 }: { name: string; size?: number }) {
  const hue = hueOfWord(name);
  const letters = initials(name);
  return (
    <span
      aria-hidden="true"
      className={classes.avatar}
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * (letters.length > 1 ? 0.4 : 0.5)),
        color: `var(--gx-${hue}-fg)`,
        background: `var(--gx-${hue}-bg)`,
      }}
    >
      {letters}
    </span>
  );
}
