/** The address of the full list behind a related list. */
import type { Field, Filter } from "@/api/types";
import { currentWorkspace } from "@/lib/workspace";

/** The list of the object, filtered to what refers to the record by `field`. */
export function listHref(object: string, field: Pick<Field, "key" | "kind"> | undefined, id: string): string {
  const list = `/w/${encodeURIComponent(currentWorkspace())}/o/${object}`;
  if (!field) return list;
  return `${list}?where=${encodeURIComponent(JSON.stringify(referring(field, id)))}`;
}

/** Finds what refers to the record by the field. */
export function referring(field: Pick<Field, "key" | "kind">, id: string): Filter {
  const many = field.kind === "many_to_many";
  return { field: field.key, op: many ? "has_any" : "eq", value: many ? [id] : id };
}
