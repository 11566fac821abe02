/** What a list asks the server for, from its state and what is typed into the search box. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Catalog, CatalogObject } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { countRecords, recordKeys } from "@/lib/records";
import { visibleColumns } from "./columns";
import { toWire } from "./filter";
import type { ViewState } from "./list-state";
import { lastField } from "./paths";
import { type Aggregate, totalOf } from "./totals";
import type { RowsQuery } from "./use-row-stores";

/** Paths that lead nowhere (a field was removed, a right is missing) are left out; one must not break the list. */
export function rowsQuery(
  catalog: Catalog,
  object: CatalogObject,
  state: ViewState,
  text: string,
): RowsQuery {
  const known = (path: string) => lastField(catalog, object, path) !== undefined;
  const select = new Set(
    [object.title, ...visibleColumns(state.columns).map((column) => column.field)].filter(known),
  );
  return {
    select: [...select],
    where: toWire(state.where),
    sort: state.sort.filter((sort) => lastField(catalog, object, sort.field)?.sortable),
    search: text.trim() || undefined,
  };
}

/** The server calculates this many at once. */
const MAX_AGGREGATES = 12;

function listAggregates(catalog: Catalog, object: CatalogObject, state: ViewState): Aggregate[] {
  const wanted = visibleColumns(state.columns).flatMap((column): Aggregate[] => {
    const field = lastField(catalog, object, column.field);
    const fn = field ? totalOf(column, field) : "none";
    return fn === "none" ? [] : [{ fn, field: column.field }];
  });
  return wanted.slice(0, MAX_AGGREGATES);
}

export function useListQuery(object: CatalogObject, state: ViewState, text: string) {
  const catalog = useCatalog();
  const query = useMemo(() => rowsQuery(catalog, object, state, text), [catalog, object, state, text]);
  const aggregates = useMemo(() => listAggregates(catalog, object, state), [catalog, object, state]);
  return { query, aggregates };
}

/** How many records the list finds; exact up to the server's limit, an estimate beyond. */
export function useCount(object: string, { where, search }: RowsQuery) {
  return useQuery({
    queryKey: recordKeys.count(object, where, search),
    queryFn: ({ signal }) => countRecords(object, where, search, signal),
  }).data;
}
