/** The English plural that a name most likely has; a person may know better. */

const IRREGULAR: Record<string, string> = {
  person: "people",
  child: "children",
  man: "men",
  woman: "women",
  foot: "feet",
  tooth: "teeth",
  leaf: "leaves",
  shelf: "shelves",
  half: "halves",
  life: "lives",
  knife: "knives",
  medium: "media",
  criterion: "criteria",
};
/** Words that are both. */
const SAME =
  /(?:equipment|information|staff|series|news|software|hardware|feedback|data|media|people|money|training|stock)$/i;

export function pluralOf(name: string): string {
  const words = name.trim();
  const last = /[A-Za-z]+$/.exec(words)?.[0];
  if (!last || SAME.test(words)) return words;
  const start = words.slice(0, words.length - last.length);
  return start + pluralOfWord(last);
}

function pluralOfWord(word: string): string {
  const lower = word.toLowerCase();
  const known = Object.keys(IRREGULAR).find(
    (one) => lower === one || (one === "man" && /man$/.test(lower) && lower !== "human"),
  );
  if (known)
    return (
      word.slice(0, word.length - known.length) + likeCase(word.slice(-known.length), IRREGULAR[known] ?? "")
    );
  if (word.length > 1 && word === word.toUpperCase()) return `${word}s`;
  if (/sis$/.test(lower)) return `${word.slice(0, -2)}es`;
  if (/(?:s|x|z|ch|sh)$/.test(lower)) return `${word}es`;
  if (/[^aeiou]y$/.test(lower)) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}

/** A capital stays one. */
function likeCase(word: string, plural: string): string {
  return word[0] === word[0]?.toUpperCase() ? plural[0]?.toUpperCase() + plural.slice(1) : plural;
}
