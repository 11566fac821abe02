/** Which fields a form asks for, and where they stand. */
import type { CatalogObject, Field, Label } from "@/api/types";
import { findField } from "@/lib/catalog";

export interface FormSection {
  label: Label | null;
  fields: Field[];
  /** One to three; two where nothing is said. */
  columns?: number;
  /** Closed until somebody opens it. */
  collapsed?: boolean;
  /** Over how many columns a field goes, by key; null or absent: as its kind needs. */
  widths?: Record<string, number | null>;
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

/** The few fields of the quick form, and required ones it forgot; an object without a layout shows its first fields. */
export function quickOf(
  object: CatalogObject,
  keys: readonly string[],
  stands: (field: Field) => boolean = isEditable,
): Field[] {
  const quick = keys.flatMap((key) => findField(object, key) ?? []).filter(stands);
  if (quick.length === 0) return object.fields.filter(isEditable).slice(0, 8);
  const missing = object.fields.filter(
    (field) => field.required && isEditable(field) && field.default == null && !quick.includes(field),
  );
  return [...quick, ...missing];
}

export function quickFields(object: CatalogObject): Field[] {
  return quickOf(object, object.layout.quick ?? []);
}

/** What a new record starts with: the fields' defaults. Those that are worked out come from the server. */
export function defaultValues(object: CatalogObject): Record<string, unknown> {
  const defaults = object.fields.filter(
    (field) => isEditable(field) && field.default != null && !isWorkedOut(field.default),
  );
  return Object.fromEntries(defaults.map((field) => [field.key, field.default]));
}

function isWorkedOut(value: unknown): boolean {
  return typeof value === "object" && value !== null && "formula" in value;
}
