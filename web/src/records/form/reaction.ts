/** What follows from the values of a form, as the server says: fields shown, asked for, fixed or narrowed. */
import type { DraftState, Field } from "@/api/types";
import type { FormSection } from "./fields";

/** Null for objects without rules, and until the server has answered. */
export type Reaction = DraftState | null;

const REQUIRED = new Set(["fields.required", "rules.required"]);

export function isShown(field: Pick<Field, "key">, reaction: Reaction): boolean {
  return reaction?.visible[field.key] !== false;
}

/** The field as the rules leave it; the very same where they say nothing of it. */
export function reacted(field: Field, reaction: Reaction): Field {
  if (!reaction) return field;
  const { key } = field;
  const required = field.required || reaction.required[key] === true;
  const read_only = field.read_only || reaction.read_only[key] === true;
  const left = reaction.options[key];
  if (!left && required === field.required && read_only === field.read_only) return field;
  return { ...field, required, read_only, ...(left && narrowed(field, left)) };
}

/** Choices lose options; references are told which records are left. */
function narrowed(field: Field, left: readonly string[]): Partial<Field> & { only?: readonly string[] } {
  const { options } = field.settings;
  if (!options) return { only: left };
  return { settings: { ...field.settings, options: options.filter(({ key }) => left.includes(key)) } };
}

/**
 * The sentences to show while somebody types, by field. What was not touched yet is not held against anybody, and what
 * is only missing not before they asked to save. Where the form says itself that something is missing (`said`), it
 * says it better, by the name of the field.
 */
export function toldProblems(
  reaction: Reaction,
  touched: (field: string) => boolean,
  asked: boolean,
  said: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const told = (reaction?.errors ?? []).filter(
    ({ field, code }) =>
      field !== "" &&
      (asked || (touched(field) && !REQUIRED.has(code))) &&
      !(code === "fields.required" && field in said),
  );
  return Object.fromEntries(told.reverse().map(({ field, message }) => [field, message]));
}

/** The sections with the fields that are shown, as the rules leave them; sections without any are gone. */
export function reactedSections(sections: readonly FormSection[], reaction: Reaction): FormSection[] {
  return sections
    .map((section) => ({
      ...section,
      fields: section.fields
        .filter((field) => isShown(field, reaction))
        .map((field) => reacted(field, reaction)),
    }))
    .filter(({ fields }) => fields.length > 0);
}
