/** The targets a column can be mapped to, as options of a select. */
import type { Catalog, CatalogObject, Field } from "@/api/types";
import { findObject, holdsValue } from "@/lib/catalog";
import { label } from "@/lib/label";

/** Fields of the engine itself that an import may set. */
const SYSTEM_TARGETS = ["owner", "created_at"];
const ADDRESS_PARTS = ["country", "province", "city", "district", "street", "postcode"] as const;

export interface Option {
  value: string;
  label: string;
}

function importableFields(object: CatalogObject): Field[] {
  return object.fields.filter(
    (field) =>
      field.kind !== "auto_number" &&
      holdsValue(field) &&
      (SYSTEM_TARGETS.includes(field.key) || !(field.system || field.read_only || field.hidden)),
  );
}

/** `partName` names the parts of an address in the language of the screen. */
export function targetOptions(object: CatalogObject, partName: (part: string) => string): Option[] {
  return importableFields(object).flatMap((field) => [
    { value: field.key, label: label(field.label) },
    ...(field.kind === "address"
      ? ADDRESS_PARTS.map((part) => ({
          value: `${field.key}.${part}`,
          label: `${label(field.label)} / ${partName(part)}`,
        }))
      : []),
  ]);
}

/** Ways of naming a record that are no fields; a field of the same key (a contact's job title) cannot be one. */
const WAYS = ["title", "id"];

/** What the text of a reference can be: the title, the id, or another text of the record, such as its external id. */
export function relationKeys(catalog: Catalog, field: Field, words: { title: string; id: string }): Option[] {
  const keys = field.settings.targets ?? (field.settings.target ? [field.settings.target] : []);
  const objects = keys.flatMap((key) => findObject(catalog, key) ?? []);
  const texts = new Map<string, string>();
  for (const object of objects) {
    for (const other of object.fields) {
      if (other.key !== object.title && !WAYS.includes(other.key) && !other.hidden && isShort(other)) {
        texts.set(other.key, label(other.label));
      }
    }
  }
  return [
    { value: "title", label: words.title },
    ...[...texts].map(([value, text]) => ({ value, label: text })),
    { value: "id", label: words.id },
  ];
}

function isShort(field: Field): boolean {
  return field.trait === "text" && ["text", "mail", "phone", "auto_number"].includes(field.kind);
}
