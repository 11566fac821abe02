/** Which records make sense for a lookup, given the other values of the record: stages of its own pipeline. */
import type { CatalogObject, Filter, Reference } from "@/api/types";
import type { KindField } from "../field-kinds/types";

/**
 * A condition on the target for every lookup of the target that this record also carries under the same key
 * with the same meaning: `opportunity.stage` is narrowed by `stage.pipeline = opportunity.pipeline`.
 * Only where the target cannot exist without it (a required lookup), so that free relations stay free.
 * Records that rules or the record's type leave out are left out besides.
 */
export function narrowing(
  target: CatalogObject,
  field: KindField,
  record?: Record<string, unknown>,
): Filter | null {
  const only: Filter[] = field.only ? [{ field: "id", op: "in", value: [...field.only] }] : [];
  const own = record ? among(target, field, record) : [];
  const conditions = [...only, ...own];
  if (conditions.length === 0) return null;
  return conditions.length === 1 ? (conditions[0] ?? null) : { and: conditions };
}

function among(target: CatalogObject, field: KindField, record: Record<string, unknown>): Filter[] {
  return target.fields
    .filter((other) => other.kind === "lookup" && other.required && other.key !== field.key)
    .flatMap((other): Filter[] => {
      const value = record[other.key] as Reference | null | undefined;
      return value?.id ? [{ field: other.key, op: "eq", value: value.id }] : [];
    });
}
