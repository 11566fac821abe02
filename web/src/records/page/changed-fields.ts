/** What differs between two readings of a record. */
import type { CatalogObject, RecordRow } from "@/api/types";
import { sameValue } from "../form/use-record-form";

/** Bookkeeping that changes with every save and is no news to a reader. */
const BOOKKEEPING = new Set(["updated_at", "updated_by"]);

/** Keys of the object's fields whose values differ; kinds decide what is the same. */
export function changedFields(object: CatalogObject, before: RecordRow, after: RecordRow): string[] {
  return object.fields
    .filter((field) => !BOOKKEEPING.has(field.key))
    .filter((field) => field.key in after && !sameValue(field, before[field.key], after[field.key]))
    .map((field) => field.key);
}
