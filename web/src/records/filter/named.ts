/** Filters whose values are plain ids, as links and the API make them, with the records that the ids stand for. */
import type { Catalog, CatalogObject, Field, Filter, Reference } from "@/api/types";
import { findObject } from "@/lib/catalog";
import { resolvePath, targetOf } from "../query/paths";

const ID = /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i;

type Place = { catalog: Catalog; object: CatalogObject };

/** The filter with every plain id of a record as `name` says. */
function mapped(filter: Filter, place: Place, name: (id: string, target: CatalogObject) => unknown): Filter {
  const inside = (part: Filter) => mapped(part, place, name);
  if ("and" in filter) return { and: filter.and.map(inside) };
  if ("or" in filter) return { or: filter.or.map(inside) };
  if ("not" in filter) return { not: inside(filter.not) };
  if ("has" in filter) {
    const relation = place.object.relations.find((each) => each.key === filter.has);
    const object = relation && findObject(place.catalog, relation.object);
    if (!filter.where || !object) return filter;
    return { ...filter, where: mapped(filter.where, { ...place, object }, name) };
  }
  const field = resolvePath(place.catalog, place.object, filter.field)?.at(-1);
  const target = field && ofRecords(place.catalog, field);
  if (!target) return filter;
  const one = (value: unknown) => (typeof value === "string" && ID.test(value) ? name(value, target) : value);
  const value = Array.isArray(filter.value) ? filter.value.map(one) : one(filter.value);
  return { ...filter, value } as Filter;
}

function ofRecords(catalog: Catalog, field: Field): CatalogObject | undefined {
  return field.trait === "refs" ? findObject(catalog, field.settings.target ?? "") : targetOf(catalog, field);
}

/** The ids that stand alone, by the object whose records they name. */
export function plainIds(filter: Filter, place: Place): Map<CatalogObject, string[]> {
  const found = new Map<CatalogObject, string[]>();
  mapped(filter, place, (id, target) => {
    const ids = found.get(target) ?? [];
    if (!ids.includes(id)) found.set(target, [...ids, id]);
    return id;
  });
  return found;
}

/** The filter with references in the place of plain ids; those of no record the reader may see are restricted. */
export function named(
  filter: Filter,
  place: Place,
  known: ReadonlyMap<string, readonly Reference[] | undefined>,
): Filter {
  return mapped(filter, place, (id, target): Reference => {
    const titles = known.get(target.key);
    if (!titles) return { id, title: "…" };
    return titles.find((one) => one.id === id.toLowerCase()) ?? { id, title: null, restricted: true };
  });
}
