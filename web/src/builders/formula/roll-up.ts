/** Over which records an object can be summed up, and which of their fields a function takes. */
import type { Catalog, CatalogObject, Field } from "@/api/types";

export interface RollUpRelation {
  object: string;
  /** The field there that points here. */
  by?: string;
  /** The field here that points there, at many. */
  through?: string;
}

/** Every object with a field that may point at this one, and those that this one points at with many. */
export function relationsTo(catalog: Catalog, object: CatalogObject): RollUpRelation[] {
  // References that are open to every object of a kind are known by their relations alone.
  const seen = object.relations.map(({ object: child, field }) => ({ object: child, by: field }));
  const children = catalog.objects
    .flatMap((child) =>
      child.fields
        .filter((field) => pointsAt(field, object.key))
        .map((field) => ({ object: child.key, by: field.key })),
    )
    .filter((one) => !seen.some((other) => other.object === one.object && other.by === one.by));
  const own = object.fields.flatMap((field) =>
    field.kind === "many_to_many" && field.settings.target
      ? [{ object: field.settings.target, through: field.key }]
      : [],
  );
  return [...seen, ...children, ...own];
}

function pointsAt(field: Field, object: string): boolean {
  if (field.system || field.hidden) return false;
  if (field.kind === "about") return field.settings.targets?.includes(object) ?? false;
  if (field.kind === "person") return object === "member";
  return (field.kind === "lookup" || field.kind === "many_to_many") && field.settings.target === object;
}

const COMPUTED = new Set(["formula", "lookup_value"]);

/** Which fields a function takes: only what is stored can be summed up. */
export function accepted(how: string): (field: Field) => boolean {
  const stored = (field: Field) => !COMPUTED.has(field.kind) && field.trait !== "secret";
  if (how === "sum" || how === "average") return (field) => stored(field) && field.trait === "number";
  if (how === "min" || how === "max")
    return (field) => stored(field) && ["number", "date", "datetime"].includes(field.trait);
  if (how === "list") return (field) => stored(field) && ["choice", "text"].includes(field.trait);
  return (field) => stored(field) && !field.system;
}
