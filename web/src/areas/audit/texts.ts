/** The texts of the audit log: only auditors load them, so they travel apart. */
import type { Language } from "@/api/types";
import { addTexts } from "@/lib/i18n";

const loaders: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  "zh-CN": () => import("./locale/zh-CN.json"),
  en: () => import("./locale/en.json"),
};

/** Resolves once they are there; called by the route of the page. */
export function loadAuditTexts(): Promise<void> {
  return addTexts("audit", async (language) => (await loaders[language]()).default);
}
