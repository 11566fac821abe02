/** The texts of roles and access rules: only who looks after them loads them, so they travel apart. */
import type { Language } from "@/api/types";
import { addTexts } from "@/lib/i18n";

const loaders: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  "zh-CN": () => import("./locale/zh-CN.json"),
  en: () => import("./locale/en.json"),
};

/** Resolves once they are there; called by whatever shows one of these screens. */
export function loadRoleTexts(): Promise<void> {
  return addTexts("roles", async (language) => (await loaders[language]()).default);
}
