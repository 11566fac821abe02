/** Which fields a form asks for, and where they stand. */
import type { CatalogObject, Field, Label } from "@/api/types";
import { findField } from "@/lib/catalog";

export interface FormSection {
  label: Label | null;
  fields: Field[];
}

/** Kinds that need the whole width of a form. */
const WIDE = new Set([
  "long_text",
  "rich_text",
  "address",
  "file",
  "image",
  "signature",
  "json",
  "many_to_many",
  "about",
  "region",
  "industry",
  "url_list",
  "phones",
  "mails",
  "sub_table",
]);

export function isWide(field: Field): boolean {
  return WIDE.has(field.kind);
}

/** May a person set the field? System fields are the server's, but for the owner. */
export function isEditable(field: Field): boolean {
  if (field.hidden || field.read_only || field.kind === "auto_number" || field.kind === "button")
    return false;
  return !field.system || field.key === "owner";
}

function editable(object: CatalogObject, keys: readonly string[]): Field[] {
  return keys.flatMap((key) => findField(object, key) ?? []).filter(isEditable);
}

/** The few fields of the quick form, and required ones it forgot; an object without a layout shows its first fields. */
export function quickFields(object: CatalogObject): Field[] {
  const quick = editable(object, object.layout.quick ?? []);
  if (quick.length === 0) return object.fields.filter(isEditable).slice(0, 8);
  const missing = object.fields.filter(
    (field) => field.required && isEditable(field) && field.default == null && !quick.includes(field),
  );
  return [...quick, ...missing];
}

/** All editable fields by the sections of the layout; those it does not place come last. */
export function allSections(object: CatalogObject): FormSection[] {
  const sections = (object.layout.sections ?? []).map((section) => ({
    label: section.label,
    fields: editable(object, section.fields),
  }));
  const placed = new Set(sections.flatMap((section) => section.fields));
  const rest = object.fields.filter((field) => isEditable(field) && !placed.has(field) && !field.system);
  return [...sections, { label: null, fields: rest }].filter((section) => section.fields.length > 0);
}

/** What a new record starts with: the fields' defaults. */
export function defaultValues(object: CatalogObject): Record<string, unknown> {
  const defaults = object.fields.filter((field) => isEditable(field) && field.default != null);
  return Object.fromEntries(defaults.map((field) => [field.key, field.default]));
}
