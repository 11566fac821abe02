/** A stored filter keeps identities alone; on screen its references have titles, which are read here. */
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Catalog, CatalogObject, Filter, Reference } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { queryRecords, recordKeys } from "@/lib/records";
import { resolvePath } from "@/records/query/paths";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const REFERRING = new Set(["ref", "refs"]);

/** Ids in the filter by the object that they are of. */
function referredIn(
  filter: Filter | null,
  object: CatalogObject,
  catalog: Catalog,
  found = new Map<string, Set<string>>(),
): Map<string, Set<string>> {
  if (!filter) return found;
  if ("and" in filter) for (const part of filter.and) referredIn(part, object, catalog, found);
  else if ("or" in filter) for (const part of filter.or) referredIn(part, object, catalog, found);
  else if ("not" in filter) referredIn(filter.not, object, catalog, found);
  else if ("has" in filter) {
    const target = relatedBy(filter.has, object, catalog);
    if (target) referredIn(filter.where ?? null, target, catalog, found);
  } else {
    const target = targetAt(filter.field, object, catalog);
    for (const id of target ? idsOf(filter.value) : []) {
      if (target) found.set(target, (found.get(target) ?? new Set()).add(id));
    }
  }
  return found;
}

function relatedBy(key: string, object: CatalogObject, catalog: Catalog): CatalogObject | undefined {
  const relation = object.relations.find((each) => each.key === key);
  return relation && findObject(catalog, relation.object);
}

function targetAt(path: string, object: CatalogObject, catalog: Catalog): string | null {
  const field = resolvePath(catalog, object, path)?.at(-1);
  if (!field || !REFERRING.has(field.trait)) return null;
  return field.settings.target ?? "member";
}

const idsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (each): each is string => typeof each === "string" && UUID.test(each),
  );

/** The filter with a reference in place of each id that has a title. */
export function withTitles(filter: Filter, titles: ReadonlyMap<string, Reference>): Filter {
  if ("and" in filter) return { and: filter.and.map((part) => withTitles(part, titles)) };
  if ("or" in filter) return { or: filter.or.map((part) => withTitles(part, titles)) };
  if ("not" in filter) return { not: withTitles(filter.not, titles) };
  if ("has" in filter) return filter.where ? { ...filter, where: withTitles(filter.where, titles) } : filter;
  const named = (value: unknown) => (typeof value === "string" ? (titles.get(value) ?? value) : value);
  const { value } = filter;
  return value === undefined
    ? filter
    : { ...filter, value: Array.isArray(value) ? value.map(named) : named(value) };
}

/** The filter as the builder edits it; `ready` once the titles are there. */
export function useTitledFilter(
  object: CatalogObject | undefined,
  where: Filter | null,
): { ready: boolean; where: Filter | null } {
  const catalog = useCatalog();
  const wanted = useMemo(
    () =>
      [...(object ? referredIn(where, object, catalog) : [])].map(([key, ids]) => ({ key, ids: [...ids] })),
    [object, where, catalog],
  );
  const answers = useQueries({
    queries: wanted.map(({ key, ids }) => ({
      queryKey: [...recordKeys.of(key), "titles", ids],
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        const title = findObject(catalog, key)?.title ?? "id";
        return queryRecords(
          key,
          { select: [title], where: { field: "id", op: "in", value: ids }, limit: 200 },
          signal,
        ).then(({ rows }) => rows.map((row): Reference => ({ id: row.id, title: String(row[title] ?? "") })));
      },
      enabled: findObject(catalog, key) !== undefined,
    })),
  });
  const ready = answers.every(({ isLoading }) => !isLoading);
  if (!where || !ready) return { ready, where };
  const titles = new Map(answers.flatMap(({ data }) => data ?? []).map((one) => [one.id, one]));
  return { ready, where: withTitles(where, titles) };
}
