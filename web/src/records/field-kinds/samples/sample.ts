/** One sample of a kind: its field, a value, its words, and how a person enters it. */
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import dayjs from "dayjs";
import type { FieldKind, FieldSettings, Language } from "@/api/types";
import type { KindField } from "../types";

export interface KindSample {
  field: KindField;
  value: unknown;
  text: Record<Language, string>;
  /** What the display shows where it differs from the words. */
  shown?: Record<Language, string>;
  /** What pasting the words gives where it differs from the value. */
  pasted?: unknown;
  refused?: [unknown, string][];
  /** Enters the value into the empty editor. */
  edit?(): Promise<void>;
  edited?: unknown;
  /** Presses keys in the cell editor. */
  typesInCell?(keys: string): Promise<void>;
}

export function field(kind: FieldKind, settings: FieldSettings = {}): KindField {
  return { key: "sample", kind, label: { "zh-CN": "示例", en: "Sample" }, settings };
}

/** A computed field whose values are those of another kind. */
export function computed(kind: FieldKind, result: FieldKind, settings: FieldSettings = {}): KindField {
  return { ...field(kind), read_only: true, result: { kind: result, settings } };
}

export const same = (words: string) => ({ "zh-CN": words, en: words });
export const box = () => screen.getByLabelText("示例", { selector: "input, textarea" });

export function typing(words: string) {
  return async () => {
    await userEvent.type(await screen.findByLabelText("示例", { selector: "input, textarea" }), words);
  };
}

export const typesInCell = async (keys: string) => {
  await userEvent.type(box(), keys);
};

export const options = [
  { key: "new", label: { "zh-CN": "新客户", en: "New" }, color: "blue" as const },
  { key: "old", label: { "zh-CN": "老客户", en: "Existing" }, color: "green" as const },
];

export const instant = dayjs("2026-11-21T16:30").toISOString().replace(".000Z", "Z");
