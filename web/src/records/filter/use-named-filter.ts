/** A filter as people read it: plain ids become the records they stand for. */
import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { CatalogObject, Filter, Reference } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { referencesQuery } from "../lookup/references";
import { named, plainIds } from "./named";

export function useNamedFilter(object: CatalogObject, where: Filter | null): Filter | null {
  return useNaming(object, where).filter;
}

/** The same; `ready` once all titles are there that come, as an editor that keeps what it is given needs. */
export function useNaming(
  object: CatalogObject,
  where: Filter | null,
): { filter: Filter | null; ready: boolean } {
  const catalog = useCatalog();
  const asked = useMemo(
    () => [...(where ? plainIds(where, { catalog, object }) : [])],
    [catalog, object, where],
  );
  const combine = useCallback(
    (answers: UseQueryResult<Reference[]>[]) => ({
      known: new Map(asked.map(([target], at) => [target.key, answers[at]?.data] as const)),
      ready: answers.every(({ isLoading }) => !isLoading),
    }),
    [asked],
  );
  const { known, ready } = useQueries({
    queries: asked.map(([target, ids]) => referencesQuery(target.key, target.title, ids)),
    combine,
  });
  const filter = useMemo(
    () => (where && asked.length > 0 ? named(where, { catalog, object }, known) : where),
    [catalog, object, where, asked, known],
  );
  return { filter, ready };
}
