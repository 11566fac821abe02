/** Options of choice kinds: by key, in words, and back from words. */
import type { ChoiceOption } from "@/api/types";
import type { KindField, Language } from "../types";

export function optionsOf(field: KindField): ChoiceOption[] {
  return field.settings.options ?? [];
}

/** The option of the key; a key that is no longer offered stands for itself. */
export function optionOf(field: KindField, key: string): ChoiceOption {
  return optionsOf(field).find((option) => option.key === key) ?? { key, label: { "zh-CN": key, en: key } };
}

export function optionText(option: ChoiceOption, language: Language): string {
  return option.label[language] || option.label.en || option.key;
}

/** The key whose label in either language, or the key itself, is the text. */
export function keyOfText(field: KindField, text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  return optionsOf(field).find((option) =>
    [option.key, ...Object.values(option.label)].some((word) => word?.toLowerCase() === wanted),
  )?.key;
}
