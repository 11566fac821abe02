/** Requests of the record API and the query keys under which their answers are cached. */
import type {
  ActionResult,
  BulkRequest,
  BulkResult,
  CountResult,
  Deleted,
  DraftState,
  Filter,
  GroupRequest,
  GroupResult,
  RecordPageResult,
  RecordQuery,
  RecordRow,
  RelatedPage,
  SearchResult,
  TimelineResult,
  UndoProgress,
  UndoRequest,
  UndoResult,
  UpdatedRecord,
} from "@/api/types";
import { ApiError } from "./api";
import type { Change } from "./held-changes";
import { currentWorkspace, workspaceRequest } from "./workspace";

/** Every cached answer about one object starts with `of(object)`, so one call invalidates them all. */
export const recordKeys = {
  all: () => ["records", currentWorkspace()] as const,
  of: (object: string) => ["records", currentWorkspace(), object] as const,
  page: (object: string, query: RecordQuery) => [...recordKeys.of(object), "page", query] as const,
  count: (object: string, where: Filter | null, search?: string) =>
    [...recordKeys.of(object), "count", where, search ?? ""] as const,
  group: (object: string, body: GroupRequest) => [...recordKeys.of(object), "group", body] as const,
  record: (object: string, id: string) => [...recordKeys.of(object), "record", id] as const,
  timeline: (object: string, id: string) => [...recordKeys.of(object), "timeline", id] as const,
};

const base = (object: string) => `/records/${object}`;

export function queryRecords(object: string, query: RecordQuery, signal?: AbortSignal) {
  return workspaceRequest<RecordPageResult>(`${base(object)}/query`, { method: "POST", body: query, signal });
}

export function countRecords(object: string, where: Filter | null, search?: string, signal?: AbortSignal) {
  return workspaceRequest<CountResult>(`${base(object)}/count`, {
    method: "POST",
    body: { where, search: search || undefined },
    signal,
  });
}

export function groupRecords(object: string, body: GroupRequest, signal?: AbortSignal) {
  return workspaceRequest<GroupResult>(`${base(object)}/group`, { method: "POST", body, signal });
}

export function getRecord(object: string, id: string, select?: string[], signal?: AbortSignal) {
  return workspaceRequest<RecordRow>(`${base(object)}/${id}`, {
    query: { select: select?.join(",") },
    signal,
  });
}

/** Writes; where that has to be approved first, the person is asked whether to submit it. */
const orSubmit = <T>(change: Change, written: Promise<T>): Promise<T> =>
  written.catch(async (error) => {
    if (!(error instanceof ApiError) || error.code !== "approvals.needed") throw error;
    return (await import("./held-changes")).askToSubmit(change, error);
  });

export function createRecord(object: string, values: Record<string, unknown>) {
  return orSubmit(
    { op: "create", object, record: null, values },
    workspaceRequest<RecordRow>(base(object), { method: "POST", body: { values } }),
  );
}

/** Saves some fields. With `rev` a record changed meanwhile is refused: ApiError 409, code "records.stale". */
export function updateRecord(object: string, id: string, values: Record<string, unknown>, rev?: number) {
  return orSubmit(
    { op: "update", object, record: id, values },
    workspaceRequest<UpdatedRecord>(`${base(object)}/${id}`, { method: "PATCH", body: { values, rev } }),
  );
}

/** What follows from values that are being typed, and what saving them would answer; nothing is kept. */
export function draftOf(object: string, values: Record<string, unknown>, id?: string, signal?: AbortSignal) {
  return workspaceRequest<DraftState>(`${base(object)}/draft`, {
    method: "POST",
    body: { id, values },
    signal,
  });
}

export function deleteRecord(object: string, id: string) {
  return orSubmit(
    { op: "delete", object, record: id, values: {} },
    workspaceRequest<Deleted>(`${base(object)}/${id}`, { method: "DELETE" }),
  );
}

export function bulkRecords(object: string, body: BulkRequest) {
  return workspaceRequest<BulkResult>(`${base(object)}/bulk`, { method: "POST", body });
}

export function relatedRecords(
  object: string,
  id: string,
  reverse: string,
  query: RecordQuery,
  signal?: AbortSignal,
) {
  return workspaceRequest<RelatedPage>(`${base(object)}/${id}/related/${reverse}`, {
    query: {
      select: query.select?.join(","),
      where: query.where ? JSON.stringify(query.where) : undefined,
      sort: query.sort?.map((sort) => (sort.dir === "desc" ? `-${sort.field}` : sort.field)).join(","),
      limit: query.limit,
      cursor: query.cursor,
      search: query.search,
    },
    signal,
  });
}

export function recordTimeline(
  object: string,
  id: string,
  options: { cursor?: string | null; kinds?: string } = {},
  signal?: AbortSignal,
) {
  return workspaceRequest<TimelineResult>(`${base(object)}/${id}/timeline`, {
    query: { ...options },
    signal,
  });
}

export function searchRecords(
  q: string,
  options: { objects?: string; limit?: number } = {},
  signal?: AbortSignal,
) {
  return workspaceRequest<SearchResult>("/search", { query: { q, ...options }, signal });
}

export function undoChangeSet(id: string, body: UndoRequest = {}) {
  return workspaceRequest<UndoResult>(`/change-sets/${id}/undo`, { method: "POST", body });
}

/** How far the job is that takes a change of very many records back. */
export function undoProgress(id: string, signal?: AbortSignal) {
  return workspaceRequest<UndoProgress>(`/change-sets/${id}/undo`, { signal });
}

export function runAction<T>(name: string, params: Record<string, unknown>) {
  return workspaceRequest<ActionResult & { result: T }>(`/actions/${name}`, {
    method: "POST",
    body: { params },
  });
}
