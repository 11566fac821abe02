/** What a list of a pool shows of a record: the fields that its members are told, drawn by their kinds. */
import type { CatalogObject, Field, OwnPool, RecordRow } from "@/api/types";
import { findField } from "@/lib/catalog";
import { currentLanguage } from "@/lib/language";
import { shownKind } from "@/records/field-kinds/shown-kind";

const COLUMNS = 6;
/** Of what lies in a pool they say nothing. */
const NOT_HERE = new Set(["owner", "pool", "pooled_at", "created_at"]);

/** The columns of the object's list without those that the pool hides; told ones come first. */
export function columnsOf(object: CatalogObject, pool: OwnPool): Field[] {
  const kept = new Set(pool.keeps);
  const listed = (object.layout.list ?? []).filter((key) => key !== object.title && !NOT_HERE.has(key));
  const told = listed.filter((key) => !kept.has(key));
  const masked = pool.others === "hidden" ? [] : listed.filter((key) => kept.has(key));
  return [...told, ...masked].flatMap((key) => findField(object, key) ?? []).slice(0, COLUMNS);
}

export function Cell({ field, record }: { field: Field; record: RecordRow }) {
  const value = record[field.key];
  const kind = shownKind(field, value);
  if (kind.isEmpty(value)) return <>—</>;
  return <kind.Display value={value} field={field} language={currentLanguage()} linked={false} />;
}
