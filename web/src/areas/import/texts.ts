/** The texts of imports: only who brings data in loads them, so they travel apart. */
import type { Language } from "@/api/types";
import { addTexts } from "@/lib/i18n";

const loaders: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  "zh-CN": () => import("./locale/zh-CN.json"),
  en: () => import("./locale/en.json"),
};

/** Resolves once they are there; called by the routes of the pages. */
export function loadImportTexts(): Promise<void> {
  return addTexts("import", async (language) => (await loaders[language]()).default);
}
