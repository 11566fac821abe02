/** Making the missing record without leaving the form: opens its dialog and brings the result back. */
import type { CatalogObject, Reference } from "@/api/types";
import { findField } from "@/lib/catalog";
import { openCreateDialog } from "../form/create-dialog";
import { titleOf } from "./use-record-options";

/** Null when the person gave up. What was typed becomes the new record's title where the title is text. */
export async function createInPlace(object: CatalogObject, typed: string): Promise<Reference | null> {
  const isText = findField(object, object.title)?.kind === "text";
  const created = await openCreateDialog(object.key, typed && isText ? { [object.title]: typed } : {});
  return created && { id: created.id, title: titleOf(object, created) };
}
