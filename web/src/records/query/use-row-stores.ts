/** Row stores of queries, shared between visits of a screen and refreshed when the cache says so. */
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { Filter, Sort } from "@/api/types";
import { OWN_LIVE } from "@/lib/live";
import { queryRecords, recordKeys } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import { PAGE_SIZE, RowStore } from "./row-store";

export type RowsQuery = { select: string[]; where: Filter | null; sort: Sort[]; search?: string };

/** Stores kept for going back to a list; the least recently used ones go first. */
const STORES_KEPT = 48;
const stores = new Map<string, RowStore>();

function storeFor(object: string, query: RowsQuery): RowStore {
  const key = JSON.stringify([currentWorkspace(), object, query]);
  const store =
    stores.get(key) ?? new RowStore((cursor) => queryRecords(object, { ...query, limit: PAGE_SIZE, cursor }));
  stores.delete(key);
  stores.set(key, store);
  for (const old of stores.keys()) {
    if (stores.size <= STORES_KEPT) break;
    stores.delete(old);
  }
  return store;
}

/**
 * One store per query, in the same order; the caller renders again whenever one of them changes.
 * Invalidating the records of the object reloads what is in view, row by row, without moving anything.
 */
export function useRowStores(object: string, queries: RowsQuery[]): RowStore[] {
  const key = JSON.stringify(queries);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the queries.
  const open = useMemo(() => queries.map((query) => storeFor(object, query)), [object, key]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const leave = open.map((store) => store.subscribe(listener));
      return () => {
        for (const each of leave) each();
      };
    },
    [open],
  );
  const version = useCallback(() => open.reduce((sum, store) => sum + store.version, 0), [open]);
  useSyncExternalStore(subscribe, version);
  useQuery({
    queryKey: [...recordKeys.of(object), "rows", key],
    queryFn: async () => {
      await Promise.all(open.map((store) => store.refresh()));
      return Date.now();
    },
    meta: OWN_LIVE,
  });
  return open;
}
