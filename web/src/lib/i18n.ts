/** Texts of the screens: flat keys "<room>.<what>", one file per room and language, loaded for one language. */
import dayjs from "dayjs";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "@/api/types";
import { currentLanguage, rememberLanguage } from "./language";

const loaders: Record<Language, () => Promise<Record<string, string>>> = {
  "zh-CN": async () => {
    await import("dayjs/locale/zh-cn");
    return (await import("./texts-zh-cn")).texts;
  },
  en: async () => (await import("./texts-en")).texts,
};

const lazy = import.meta.glob<Record<string, string>>("../**/lazy-locale/*.json", { import: "default" });

/** Folders whose texts came after the start, and the languages in which each is there. */
const added = new Map<string, Set<Language>>();

async function loadAdded(language: Language): Promise<void> {
  const missing = [...added].filter(([, there]) => !there.has(language));
  await Promise.all(
    missing.map(async ([folder, there]) => {
      const files = Object.keys(lazy).filter(
        (path) => path.startsWith(`../${folder}/`) && path.endsWith(`/${language}.json`),
      );
      for (const texts of await Promise.all(files.map((path) => lazy[path]?.()))) {
        i18next.addResourceBundle(language, "translation", texts, true, true);
      }
      there.add(language);
    }),
  );
}

/**
 * Adds the texts that only some screens need: those in the folders `lazy-locale` below folders of `src`, such as
 * "areas/audit", in the present language and in each that is chosen later.
 */
export async function loadTexts(...folders: string[]): Promise<void> {
  for (const folder of folders) if (!added.has(folder)) added.set(folder, new Set());
  await loadAdded(currentLanguage());
}

async function load(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", await loaders[language]());
  }
  await loadAdded(language);
  dayjs.locale(language === "zh-CN" ? "zh-cn" : "en");
  document.documentElement.lang = language;
}

/** Prepares i18next in the language of this browser; call once before the first render. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: currentLanguage(),
    resources: {},
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    react: { bindI18nStore: "added" },
  });
  await load(currentLanguage());
}

/** Changes the language of every text, date and number on the screen, and of the server's answers. */
export async function setLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  await load(language);
  await i18next.changeLanguage(language);
}
