/** Durations: whole seconds, written in the units people say. */
import type { Language } from "../types";

const SIZES = [86_400, 3600, 60, 1] as const;
const WORDS: Record<Language, readonly string[]> = {
  "zh-CN": ["天", "小时", "分钟", "秒"],
  en: ["d", "h", "m", "s"],
};
const UNITS: Record<string, number> = { day: 86_400, hour: 3600, minute: 60, second: 1 };
const NAMES: [RegExp, number][] = [
  [/^(?:天|日|days?|d)/, 86_400],
  [/^(?:小时|时|hours?|hrs?|h)/, 3600],
  [/^(?:分钟|分|minutes?|mins?|m)/, 60],
  [/^(?:秒钟|秒|seconds?|secs?|s)/, 1],
];

/** 5400 -> "1小时30分钟" or "1h 30m". */
export function durationText(seconds: number | null | undefined, language: Language): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(Number(seconds))) return "";
  let rest = Math.round(Number(seconds));
  const pieces = SIZES.flatMap((size, at) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count ? [`${count}${WORDS[language][at]}`] : [];
  });
  return pieces.join(language === "en" ? " " : "") || `0${WORDS[language][2]}`;
}

export function secondsOf(unit: unknown): number {
  return UNITS[String(unit)] ?? 60;
}

/** Whole seconds; null when empty, undefined when it is no duration. A bare number counts `unit` seconds. */
export function parseDuration(text: string, unit = 60): number | null | undefined {
  let rest = text
    .replace(/[０-９．：]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .trim()
    .toLowerCase();
  if (rest === "") return null;
  const clock = /^(\d{1,6}):([0-5]?\d)(?::([0-5]?\d))?$/.exec(rest);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
  if (/^\d{1,10}(?:\.\d{1,6})?$/.test(rest)) return Math.round(Number(rest) * unit);
  let total = 0;
  while (rest !== "") {
    const number = /^(\d{1,10}(?:\.\d{1,6})?)\s*/.exec(rest);
    if (!number) return undefined;
    rest = rest.slice(number[0].length);
    const name = NAMES.map(([pattern, size]) => [pattern.exec(rest)?.[0], size] as const).find(
      ([found]) => found,
    );
    if (!name?.[0]) return undefined;
    total += Number(number[1]) * name[1];
    rest = rest.slice(name[0].length).replace(/^[\s,]+/, "");
  }
  return Math.round(total);
}
