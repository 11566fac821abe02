/** boolean: yes or no; empty counts as no on screen. */
import { t } from "i18next";
import type { FieldKind, Language } from "../types";
import { BooleanDisplay } from "./display";
import { BooleanInput } from "./input";

const YES = new Set(["是", "对", "有", "true", "yes", "y", "1", "✓"]);
const NO = new Set(["否", "不", "无", "false", "no", "n", "0", "✗"]);

function toText(value: boolean | null | undefined, _field: unknown, language: Language): string {
  if (value === null || value === undefined) return "";
  return t(value ? "field-kinds.yes" : "field-kinds.no", { lng: language });
}

export const booleanKind: FieldKind<boolean> = {
  kind: "boolean",
  trait: "boolean",
  Display: BooleanDisplay,
  Input: BooleanInput,
  toText,
  fromText: (text) => {
    const word = text.trim().toLowerCase();
    if (word === "") return null;
    return YES.has(word) ? true : NO.has(word) ? false : undefined;
  },
  isEmpty: (value) => value === null || value === undefined,
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 80,
};
