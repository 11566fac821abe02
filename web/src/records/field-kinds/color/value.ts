/** Colours as people type them. */

const NAMED: Record<string, string> = {
  黑: "#000000",
  black: "#000000",
  白: "#ffffff",
  white: "#ffffff",
  灰: "#808080",
  gray: "#808080",
  grey: "#808080",
  红: "#ff0000",
  red: "#ff0000",
  橙: "#ffa500",
  orange: "#ffa500",
  黄: "#ffff00",
  yellow: "#ffff00",
  绿: "#008000",
  green: "#008000",
  青: "#00ffff",
  cyan: "#00ffff",
  蓝: "#0000ff",
  blue: "#0000ff",
  紫: "#800080",
  purple: "#800080",
  粉: "#ffc0cb",
  pink: "#ffc0cb",
  棕: "#a52a2a",
  brown: "#a52a2a",
};

/** "#17F", "rgb(22,119,255)", "红色" -> "#rrggbb"; null when empty, undefined when it is no colour. */
export function parseColor(text: string): string | null | undefined {
  const word = text.trim().toLowerCase();
  if (word === "") return null;
  const code = /^#?(?:([0-9a-f]{6})|([0-9a-f]{3}))$/.exec(word);
  if (code) return `#${code[1] ?? [...(code[2] ?? "")].map((letter) => letter + letter).join("")}`;
  const parts = /^rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)$/.exec(word)?.slice(1).map(Number);
  if (parts?.every((part) => part <= 255)) {
    return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  }
  return NAMED[word] ?? NAMED[word.replace(/色$/, "")];
}
