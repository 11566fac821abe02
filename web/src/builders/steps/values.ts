/** Values that steps work out: always the same, a formula of the record, text with fields in it, what a step remembered. */
import type { Catalog, CatalogObject, Field, FieldSettings, KindSetting, Language } from "@/api/types";
import { findObject } from "@/lib/catalog";
import { pathLabel, resolvePath, targetOf } from "@/records/query/paths";

export type StepValue = { value: unknown } | { formula: string } | { text: string } | { data: string };
export type ValueForm = "value" | "formula" | "text" | "data";

/** The form of a value as it stands in a definition; a constant where it has none yet. */
export function formOf(spec: unknown): ValueForm {
  if (typeof spec !== "object" || spec === null) return "value";
  for (const form of ["formula", "text", "data"] as const) if (form in spec) return form;
  return "value";
}

/** What stands in a value, whatever its form. */
export function contentOf(spec: unknown): unknown {
  return typeof spec === "object" && spec !== null
    ? (spec as Record<string, unknown>)[formOf(spec)]
    : undefined;
}

const PLAIN_TEXT = new Set(["text", "long_text", "rich_text", "url", "mail", "phone"]);

/** Whether text with fields in it can be kept in the field. */
export const takesText = (field: Pick<Field, "kind">) => PLAIN_TEXT.has(field.kind);

const NEVER_WRITTEN = new Set(["none", "rows"]);

/** Fields that a step can write. */
export function writable(object: CatalogObject): Field[] {
  return object.fields.filter(
    (field) =>
      !field.read_only &&
      !field.hidden &&
      !NEVER_WRITTEN.has(field.trait) &&
      field.kind !== "auto_number" &&
      (!field.system || field.key === "owner"),
  );
}

/** The object whose fields a step writes: the one it names, the one that a relation leads to, or the flow's own. */
export function written(
  catalog: Catalog,
  object: CatalogObject | undefined,
  settings: FieldSettings,
): CatalogObject | undefined {
  if (typeof settings.object === "string") return findObject(catalog, settings.object);
  if (typeof settings.through !== "string" || !object) return object;
  const relation = object.fields.find(({ key }) => key === settings.through);
  return relation && targetOf(catalog, relation);
}

/** Which fields a setting of a step of `object` may name. */
export function acceptsField(catalog: Catalog, object: string) {
  return (setting: KindSetting, field: Field): boolean => {
    if (NEVER_WRITTEN.has(field.trait) || field.hidden) return false;
    if (setting.name === "through") return targetOf(catalog, field) !== undefined;
    if (setting.name === "about")
      return field.trait === "about" || (field.trait === "ref" && field.settings.target === object);
    return true;
  };
}

const HOLE = /\{([\w.]+)\}/g;

/** Text with fields in braces, taken apart: words, and the fields by what people call them. */
export function piecesOf(
  text: string,
  catalog: Catalog,
  object: CatalogObject | undefined,
  language: Language,
): { text: string; path?: string; known?: boolean }[] {
  const pieces: { text: string; path?: string; known?: boolean }[] = [];
  let from = 0;
  for (const hole of text.matchAll(HOLE)) {
    const [whole, path = ""] = hole;
    if (hole.index > from) pieces.push({ text: text.slice(from, hole.index) });
    const fields = object ? resolvePath(catalog, object, path) : null;
    pieces.push({ text: fields ? pathLabel(fields, language) : path, path, known: fields !== null });
    from = hole.index + whole.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}
