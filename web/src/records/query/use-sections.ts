/** Rows of a list in sections: one without a heading, or one per group with its count and totals. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { CatalogObject, Field, RecordQuery } from "@/api/types";
import { findField, useCatalog } from "@/lib/catalog";
import { groupRecords, queryRecords, recordKeys } from "@/lib/records";
import { allOf } from "./filter";
import { groupFilter, inGroupOrder } from "./groups";
import type { GroupBy } from "./list-state";
import { lastField, targetOf } from "./paths";
import type { RowStore } from "./row-store";
import type { Aggregate } from "./totals";
import { type RowsQuery, useRowStores } from "./use-row-stores";

export type GroupSection = {
  key: string;
  value: unknown;
  count: number;
  values: unknown[];
  store: RowStore | null;
};

export type GroupedRows = {
  grouping: { by: GroupBy; field: Field } | null;
  groups: GroupSection[];
  stores: RowStore[];
  /** Totals over everything the filter finds, one per aggregate. */
  totals: { count: number; values: unknown[] } | null;
  /** Nothing could be loaded. */
  error: unknown;
  /** Some rows could not be loaded; those that are there stay. */
  partial: unknown;
  /** Groups are not known yet; rows on their way are the grid's to show. */
  isPending: boolean;
  retry(): void;
  toggle(key: string): void;
};

/** Groups asked for at once; more make a list nobody reads. */
const GROUPS_SHOWN = 200;

export function useSections(
  object: CatalogObject,
  query: RowsQuery,
  group: GroupBy | null,
  aggregates: Aggregate[],
): GroupedRows {
  const catalog = useCatalog();
  const field = group ? lastField(catalog, object, group.field) : undefined;
  const grouping = useMemo(() => (group && field ? { by: group, field } : null), [group, field]);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const body = {
    by: grouping ? [grouping.by] : [],
    aggregates,
    where: query.where,
    search: query.search,
    limit: GROUPS_SHOWN,
  };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: recordKeys.group(object.key, body),
    queryFn: ({ signal }) => groupRecords(object.key, body, signal),
    placeholderData: keepPreviousData,
    enabled: grouping !== null || aggregates.length > 0,
  });
  const positions = usePositions(grouping?.field);
  const found = grouping && data ? inGroupOrder(data.groups, grouping.field, positions) : [];
  const open = found.filter(({ keys }) => !collapsed.has(JSON.stringify(keys[0])));
  const queries = grouping
    ? open.map(({ keys }) => ({
        ...query,
        where: allOf(query.where, groupFilter(grouping.by, grouping.field, keys[0])),
      }))
    : [query];
  const stores = useRowStores(object.key, queries);
  const groups = found.map((each) => {
    const key = JSON.stringify(each.keys[0]);
    const at = open.indexOf(each);
    return { key, value: each.keys[0], count: each.count, values: each.values, store: stores[at] ?? null };
  });
  const [first] = stores;
  return {
    grouping,
    groups,
    stores,
    totals: data?.totals ?? null,
    error: grouping ? (data ? null : error) : first && !first.isReady ? first.error : null,
    partial: (grouping && error) || (stores.find((store) => store.error)?.error ?? null),
    isPending: grouping !== null && isPending,
    retry: () => {
      void refetch();
      for (const store of stores) store.retry();
    },
    toggle: (key) =>
      setCollapsed((before) => {
        const after = new Set(before);
        if (!after.delete(key)) after.add(key);
        return after;
      }),
  };
}

const NO_POSITIONS: ReadonlyMap<string, number> = new Map();

/** The places of the records a field points at, such as the stages of a pipeline; empty when they have none. */
function usePositions(field: Field | undefined): ReadonlyMap<string, number> {
  const catalog = useCatalog();
  const target = field && targetOf(catalog, field);
  const key = target && findField(target, "position") ? target.key : null;
  const query: RecordQuery = {
    select: ["position"],
    sort: [{ field: "position", dir: "asc" }],
    limit: GROUPS_SHOWN,
  };
  const { data } = useQuery({
    queryKey: recordKeys.page(key ?? "", query),
    queryFn: ({ signal }) => queryRecords(key ?? "", query, signal),
    enabled: key !== null,
  });
  return useMemo(() => (data ? new Map(data.rows.map((row, at) => [row.id, at])) : NO_POSITIONS), [data]);
}
