/** Words of the catalog in the language of the screen. */
import type { Label } from "@/api/types";
import { currentLanguage } from "./language";

/** The words in the current language; falls back to the other language, then to an empty text. */
export function label(words: Partial<Label> | string | null | undefined): string {
  if (!words) return "";
  if (typeof words === "string") return words;
  return words[currentLanguage()] ?? words["zh-CN"] ?? words.en ?? "";
}
