/** What the screens of pools read and do. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  ClaimedRecords,
  Filter,
  ForeseenRecycling,
  GivenRecords,
  OwnPools,
  PoolOfRecord,
  RecordRow,
  Reference,
  ReleasedRecords,
  ThoughtOfRule,
} from "@/api/types";
import { refreshCatalog } from "@/lib/catalog";
import { queryRecords, recordKeys, runAction } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";

const poolKeys = () => ["pools", currentWorkspace()] as const;
/** A workspace has few pools, rules and limits; their page shows all of them. */
const MOST = 200;
const PAGE = 50;

export function ownPoolsQuery() {
  return queryOptions({
    queryKey: [...poolKeys(), "own"],
    queryFn: ({ signal }) => workspaceRequest<OwnPools>("/pools", { signal }).then(({ pools }) => pools),
    staleTime: 30_000,
  });
}

export function poolOfRecordQuery(object: string, id: string) {
  return queryOptions({
    queryKey: [...recordKeys.record(object, id), "pool"],
    queryFn: ({ signal }) => workspaceRequest<PoolOfRecord>(`/records/${object}/${id}/pool`, { signal }),
  });
}

export function lyingQuery(object: string, pool: string, select: string[], search: string) {
  const where: Filter = { field: "pool", op: "eq", value: pool };
  return {
    queryKey: [...recordKeys.of(object), "pool", pool, select, search],
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      queryRecords(
        object,
        {
          where,
          select: [...select, "pooled_at"],
          sort: [{ field: "pooled_at", dir: "desc" }],
          limit: PAGE,
          cursor: pageParam,
          search: search || undefined,
        },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: { next_cursor: string | null }) => last.next_cursor,
  };
}

export const claimRecords = (object: string, records: string[]) =>
  runAction<ClaimedRecords>("pools/claim-records", { object, records });

export const releaseRecords = (object: string, records: string[], pool: string | null, reason: string) =>
  runAction<ReleasedRecords>("pools/release-records", { object, records, pool, reason: reason || null });

export const giveRecords = (object: string, records: string[], members: string[]) =>
  runAction<GivenRecords>("pools/give-records", { object, records, members });

export const foreseeRule = (rule: ThoughtOfRule) =>
  workspaceRequest<ForeseenRecycling>("/pools/foreseen", { method: "POST", body: rule });

/** What was moved is somewhere else, and the limits of the day are others. */
export async function recordsMoved(client: QueryClient, object: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: poolKeys() }),
    client.invalidateQueries({ queryKey: recordKeys.of(object) }),
  ]);
}

export interface Pool extends RecordRow {
  name: string;
  object: string;
  shown: string[] | null;
  active: boolean;
}

export interface RecycleRule extends RecordRow {
  name: string;
  pool: Reference;
  field: string | null;
  days: number;
  warn_days: number | null;
  where: Filter | null;
  active: boolean;
}

export interface HoldingLimit extends RecordRow {
  name: string;
  object: string;
  most: number;
  where: Filter | null;
  active: boolean;
}

export type Setting = "pool" | "recycle_rule" | "holding_limit";

export function settingsQuery<T extends RecordRow>(object: Setting) {
  return queryOptions({
    queryKey: [...recordKeys.of(object), "settings"],
    queryFn: async ({ signal }) =>
      (await queryRecords(object, { sort: [{ field: "created_at", dir: "asc" }], limit: MOST }, signal))
        .rows as T[],
  });
}

/** Who sees what is in the catalog. */
export async function settingsChanged(client: QueryClient, object: Setting): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: recordKeys.of(object) }),
    client.invalidateQueries({ queryKey: poolKeys() }),
    refreshCatalog(client),
  ]);
}
