/** The language of this browser: remembered locally until the member's own setting is known. */
import type { Language } from "@/api/types";

const STORE = "guanxi.language";
export const LANGUAGES: Language[] = ["zh-CN", "en"];

let language: Language = initialLanguage();

function initialLanguage(): Language {
  const stored = localStorage.getItem(STORE);
  if (stored === "zh-CN" || stored === "en") return stored;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

export function currentLanguage(): Language {
  return language;
}

/** Changes what later requests and formats use; `setLanguage` of i18n.ts is what screens call. */
export function rememberLanguage(next: Language): void {
  language = next;
  localStorage.setItem(STORE, next);
}
