/** The texts of signing in with a company's identity provider, which travel apart. */
import type { Language } from "@/api/types";
import { addTexts } from "@/lib/i18n";

const loaders: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  "zh-CN": () => import("./locale/zh-CN.json"),
  en: () => import("./locale/en.json"),
};

/** Resolves once they are there; called by the sign-in page's route. */
export function loadCompanySignInTexts(): Promise<void> {
  return addTexts("company-sign-in", async (language) => (await loaders[language]()).default);
}
