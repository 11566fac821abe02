/** What follows from a kind's card: which conversions make sense, which settings are asked for. */
import type { KindCard } from "@/api/types";

/** Traits whose values are more than what people read of them; the server refuses them as well. */
const UNCONVERTED = new Set(["ref", "refs", "about", "file", "json", "rows", "none"]);

/** Whether values of the kind are written by people and stand for themselves, so that other kinds can read them. */
export function mayConvert(kind: KindCard): boolean {
  return (
    kind.group !== "computed" &&
    kind.holds_value &&
    !kind.generated &&
    !kind.secret &&
    !UNCONVERTED.has(kind.trait)
  );
}

/** What people look for most; within their groups they stand first. */
const USUAL = [
  "text",
  "long_text",
  "integer",
  "money",
  "date",
  "choice",
  "phone",
  "region",
  "lookup",
  "formula",
];

/** The cards of a group in the order in which they are offered. */
export function inOrder(kinds: readonly KindCard[]): KindCard[] {
  const rank = ({ key }: KindCard) => (USUAL.includes(key) ? USUAL.indexOf(key) : USUAL.length);
  return [...kinds].sort((one, other) => rank(one) - rank(other));
}

/** Cards whose words, in either language, or key have the text in them. */
export function foundKinds(kinds: readonly KindCard[], text: string): KindCard[] {
  const wanted = text.trim().toLowerCase();
  return kinds.filter((kind) =>
    [kind.key, ...Object.values(kind.label), ...Object.values(kind.help)].some((word) =>
      word.toLowerCase().includes(wanted),
    ),
  );
}
