/** The texts of explaining access: who asks loads them, so they travel apart. */
import type { Language } from "@/api/types";
import { addTexts } from "@/lib/i18n";

const loaders: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  "zh-CN": () => import("./locale/zh-CN.json"),
  en: () => import("./locale/en.json"),
};

/** Resolves once they are there. */
export function loadExplainTexts(): Promise<void> {
  return addTexts("explain", async (language) => (await loaders[language]()).default);
}
