/** Saving a few fields of a record that others may be editing too. */
import type { CatalogObject, RecordRow, UpdatedRecord } from "@/api/types";
import { ApiError } from "@/lib/api";
import { updateRecord } from "@/lib/records";
import { changedFields } from "./changed-fields";

/** Another person changed the same fields meanwhile. */
export interface Conflict {
  /** The record as the server has it now. */
  theirs: RecordRow;
  mine: Record<string, unknown>;
  /** Fields both changed. */
  fields: string[];
}

export type SaveOutcome = { saved: UpdatedRecord } | { conflict: Conflict };

/** Somebody who saves all the time must not keep us in a loop. */
const ATTEMPTS = 3;

/**
 * Saves `values` on top of `base`, the record the person saw. Changes of others to other fields are merged in silence;
 * a change to the same field is a conflict for the person to decide. Other refusals are thrown (ApiError).
 */
export async function saveRecord(
  object: CatalogObject,
  base: RecordRow,
  values: Record<string, unknown>,
): Promise<SaveOutcome> {
  let seen = base;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { saved: await updateRecord(object.key, base.id, values, seen.rev) };
    } catch (error) {
      const theirs = error instanceof ApiError && error.status === 409 ? currentOf(error) : null;
      if (!theirs) throw error;
      const fields = changedFields(object, base, theirs).filter((key) => key in values);
      if (fields.length > 0) return { conflict: { theirs, mine: values, fields } };
      if (attempt === ATTEMPTS) throw error;
      seen = theirs;
    }
  }
}

function currentOf(error: ApiError): RecordRow | null {
  const current = error.params.current as RecordRow | undefined;
  return current && typeof current.rev === "number" ? current : null;
}
