/** Ratings. */
import { numberSetting } from "../parts/plain-text";
import type { KindField } from "../types";

export function mostStars(field: KindField): number {
  return numberSetting(field, "max") ?? 5;
}

/** "4", "4/5" or "★★★★"; null when empty or no star, undefined when it is no rating. */
export function parseRating(text: string, most: number): number | null | undefined {
  const words = text.trim();
  if (words === "") return null;
  const drawn = /^(★+)☆*$/.exec(words);
  const scaled = /^(\d{1,2})\s*\/\s*(\d{1,2})$/.exec(words);
  const stars = drawn?.[1]
    ? drawn[1].length
    : scaled && Number(scaled[2]) === most
      ? Number(scaled[1])
      : /^\d{1,2}$/.test(words)
        ? Number(words)
        : Number.NaN;
  if (!(stars >= 0 && stars <= most)) return undefined;
  return stars || null;
}
