/** The texts of the single sign-on pages, which travel apart. */
import type { Language } from "@/api/types";
import { addTexts } from "@/lib/i18n";

const loaders: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  "zh-CN": () => import("./locale/zh-CN.json"),
  en: () => import("./locale/en.json"),
};

/** Resolves once they are there; called by the routes of these pages. */
export function loadSingleSignOnTexts(): Promise<void> {
  return addTexts("single-sign-on", async (language) => (await loaders[language]()).default);
}
