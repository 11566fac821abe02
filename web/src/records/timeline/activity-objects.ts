/** Activities: objects whose records are *about* other records. */
import type { Catalog, CatalogObject, Field, RecordRow } from "@/api/types";

/** The field that says what a record of the object is about, when it may be about the target. */
export function aboutField(object: CatalogObject, target: string): Field | undefined {
  return object.fields.find((field) => field.kind === "about" && field.settings.targets?.includes(target));
}

/** Kinds of activity the target may have: words first, then what is planned and held, as the catalog orders them. */
export function activityObjects(catalog: Catalog, target: string): CatalogObject[] {
  const wordy = (object: CatalogObject) =>
    object.fields.some((field) => field.kind === "rich_text" && field.required);
  return catalog.objects
    .filter((object) => aboutField(object, target) !== undefined)
    .sort((one, other) => Number(wordy(other)) - Number(wordy(one)) || one.position - other.position);
}

/** When the activity is due, begins or began; null when it has no time of its own. */
export function timeOf(object: CatalogObject, record: RecordRow): string | null {
  const field = object.fields.find(
    ({ kind, system, read_only }) => kind === "datetime" && !system && !read_only,
  );
  const value = field && record[field.key];
  return typeof value === "string" ? value : null;
}

/** Still ahead: an open task, however late, or a meeting or call at a later time. */
export function isUpcoming(object: CatalogObject, record: RecordRow, now: number): boolean {
  if (record.status === "done") return false;
  if (record.status === "open") return true;
  const time = timeOf(object, record);
  return time !== null && Date.parse(time) > now;
}
