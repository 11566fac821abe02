/** The builders' own texts: only who configures loads them, so they travel apart from the texts of the shell. */
import type { Language } from "@/api/types";
import { addTexts } from "@/lib/i18n";

const loaders: Record<Language, () => Promise<Record<string, string>>> = {
  "zh-CN": async () => (await import("./texts-zh-cn")).texts,
  en: async () => (await import("./texts-en")).texts,
};

/** Resolves once they are there; called by the route above all screens of the builders. */
export function loadBuilderTexts(): Promise<void> {
  return addTexts("builders", (language) => loaders[language]());
}
