/** The texts of handing over: only who does it loads them, so they travel apart. */
import type { Language } from "@/api/types";
import { addTexts } from "@/lib/i18n";

const loaders: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  "zh-CN": () => import("./locale/zh-CN.json"),
  en: () => import("./locale/en.json"),
};

/** Resolves once they are there; called by whatever shows one of these screens. */
export function loadHandOverTexts(): Promise<void> {
  return addTexts("hand-over", async (language) => (await loaders[language]()).default);
}
