/** Paths over to-one relations, such as "company.industry", resolved against the catalog. */
import type { Catalog, CatalogObject, Field, Language } from "@/api/types";
import { findField, findObject, holdsValue } from "@/lib/catalog";

/** Relations a person may walk when choosing a field. */
export const MAX_DEPTH = 3;

/** The object a to-one field points at; undefined for values and for fields that point at several. */
export function targetOf(catalog: Catalog, field: Field): CatalogObject | undefined {
  if (field.trait !== "ref") return undefined;
  return findObject(catalog, field.settings.target ?? "member");
}

/** Every field along the path, the last one carrying the value; null when the path leads nowhere. */
export function resolvePath(catalog: Catalog, object: CatalogObject, path: string): Field[] | null {
  const fields: Field[] = [];
  let at: CatalogObject | undefined = object;
  for (const key of path.split(".")) {
    const field: Field | undefined = at && findField(at, key);
    if (!field) return null;
    fields.push(field);
    at = targetOf(catalog, field);
  }
  return fields;
}

export function lastField(catalog: Catalog, object: CatalogObject, path: string): Field | undefined {
  return resolvePath(catalog, object, path)?.at(-1);
}

/** "客户 / 行业": the words of a path. */
export function pathLabel(fields: Field[], language: Language): string {
  return fields.map((field) => field.label[language]).join(" / ");
}

/** Fields a person may choose from, in the order of the catalog. */
export const offeredFields = (object: CatalogObject) =>
  object.fields.filter((field) => !field.hidden && holdsValue(field));
