/** Options of a choice while somebody edits them: new ones have no key before they are saved. */
import type { ChoiceOption, Hue } from "@/api/types";
import { HUES } from "./hues";
import { bothLanguages } from "./model";

const UNNAMED = "new:";
let made = 0;

/** Another option at the end, in the hue that is used least. */
export function withNewOption(options: readonly ChoiceOption[]): ChoiceOption[] {
  return [
    ...options,
    { key: `${UNNAMED}${++made}`, label: { "zh-CN": "", en: "" }, color: nextHue(options) },
  ];
}

export const isUnnamed = ({ key }: ChoiceOption) => key.startsWith(UNNAMED);

function nextHue(options: readonly ChoiceOption[]): Hue {
  const used = (hue: Hue) => options.filter(({ color }) => color === hue).length;
  // Slate looks like no colour at all.
  const hues = HUES.filter((hue) => hue !== "slate");
  return hues.reduce((best, hue) => (used(hue) < used(best) ? hue : best));
}

/** The options as they are stored: those without words left out, new ones with a key made of their English words. */
export function settled(options: readonly ChoiceOption[]): ChoiceOption[] {
  const said = options.filter(({ label }) => Object.values(label).some((word) => word?.trim()));
  const taken = new Set(said.filter((option) => !isUnnamed(option)).map(({ key }) => key));
  return said.map((option) => {
    const label = bothLanguages(option.label);
    if (!isUnnamed(option)) return { ...option, label };
    const key = freeKey(label.en, taken);
    taken.add(key);
    return { ...option, key, label };
  });
}

const LONGEST_KEY = 40;

function freeKey(words: string, taken: ReadonlySet<string>): string {
  const plain = words
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, LONGEST_KEY);
  const base = plain || "option";
  let key = plain || "option_1";
  for (let number = plain ? 2 : 1; taken.has(key); number++) key = `${base}_${number}`;
  return key;
}
