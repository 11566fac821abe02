/** Lists of things with a label each: phone numbers, mail addresses, web addresses. */
import type { ChoiceOption } from "@/api/types";
import type { FieldKind, KindField, Language } from "../types";
import { isEmptyList } from "./lists";
import { optionText } from "./options";

export interface Labelled {
  value: string;
  /** Key of one of the field's labels. */
  label: string | null;
}

const word = (key: string, chinese: string, english: string): ChoiceOption => ({
  key,
  label: { "zh-CN": chinese, en: english },
});

export const PERSONAL_LABELS = [
  word("work", "工作", "Work"),
  word("personal", "个人", "Personal"),
  word("other", "其他", "Other"),
];
export const SITE_LABELS = [
  word("website", "官网", "Website"),
  word("shop", "店铺", "Shop"),
  word("social", "社交账号", "Social account"),
  word("other", "其他", "Other"),
];

/** The labels that the field offers, or those its kind comes with. */
export function labelsOf(field: KindField, usual: ChoiceOption[]): ChoiceOption[] {
  const own = field.settings.labels as ChoiceOption[] | undefined;
  return own?.length ? own : usual;
}

export function labelText(labels: ChoiceOption[], key: string | null, language: Language): string {
  const option = labels.find((label) => label.key === key);
  return option ? optionText(option, language) : (key ?? "");
}

/** What the kinds of labelled lists have in common. */
export function labelledKind(
  usual: ChoiceOption[],
  write: (value: string) => string,
  problem: (value: string) => string | null,
): Pick<
  FieldKind<Labelled[]>,
  | "toText"
  | "fromText"
  | "isEmpty"
  | "validate"
  | "trait"
  | "align"
  | "editableInCell"
  | "cellEditor"
  | "width"
> {
  return {
    trait: "list",
    toText: (value, field, language) => {
      const labels = labelsOf(field, usual);
      const colon = language === "en" ? ": " : "：";
      const told = (value ?? []).map((one) =>
        one.label ? labelText(labels, one.label, language) + colon + write(one.value) : write(one.value),
      );
      return told.join(language === "en" ? "; " : "；");
    },
    fromText: (text, field) => {
      const labels = labelsOf(field, usual);
      const found = text
        .split(/[;；、|\n]/)
        .map((part) => part.trim())
        .filter(Boolean)
        .map((part) => {
          const [, said = "", rest = ""] = /^([^:：]{1,40})[:：]([\s\S]*)$/.exec(part) ?? [];
          const label = labels.find((one) => [one.key, ...Object.values(one.label)].includes(said.trim()));
          return label ? { value: rest.trim(), label: label.key } : { value: part, label: null };
        });
      return found.length ? found : null;
    },
    isEmpty: isEmptyList,
    validate: (value) => {
      for (const one of value) {
        const code = one.value.trim() ? problem(one.value) : null;
        if (code) return { code };
      }
      return null;
    },
    align: "start",
    editableInCell: true,
    cellEditor: "popover",
    width: 200,
  };
}
