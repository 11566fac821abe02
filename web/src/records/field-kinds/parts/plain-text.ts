/** What kinds whose value is a plain string have in common. */
import type { FieldProblem, KindField } from "../types";

export function writeText(value: string | null | undefined): string {
  return value ?? "";
}

export function readText(text: string): string | null {
  return text === "" ? null : text;
}

export function isEmptyText(value: string | null | undefined): boolean {
  return value === null || value === undefined || value === "";
}

/** The setting as a number, or undefined when absent. */
export function numberSetting(field: KindField, name: string): number | undefined {
  const setting = field.settings[name];
  if (setting === null || setting === undefined || setting === "") return undefined;
  const number = Number(setting);
  return Number.isFinite(number) ? number : undefined;
}

/** Refuses what is longer than the field's `max_length`; characters, not UTF-16 units. */
export function tooLong(value: string, field: KindField): FieldProblem | null {
  const max = numberSetting(field, "max_length");
  return max !== undefined && [...value].length > max ? { code: "too_long", params: { max } } : null;
}
