/** Requests of the import: a file is uploaded once, read, mapped, rehearsed, run, and can be taken back whole. */

import { queryOptions } from "@tanstack/react-query";
import type {
  ImportJob,
  ImportPreview,
  ImportReport,
  ImportSettings,
  ImportState,
  Imports,
  ImportUndo,
  RefusedRows,
  WantedReading,
} from "@/api/types";
import { currentWorkspace, workspaceRequest, workspaceUrl } from "@/lib/workspace";

/** An import as it is shown; what was wrong with its rows is told only where one import is asked for. */
export type ShownImport = ImportJob & Partial<ImportReport>;

/** States in which the server is at work. */
export const BUSY: ReadonlySet<ImportState> = new Set(["checking", "running", "undoing"]);

const path = (id: string) => `/imports/${id}`;

export function importQuery(id: string) {
  return queryOptions({
    queryKey: ["imports", currentWorkspace(), id],
    queryFn: ({ signal }) => workspaceRequest<ShownImport>(path(id), { signal }),
    refetchInterval: ({ state }) => (state.data && BUSY.has(state.data.state) ? 700 : false),
  });
}

export function importsQuery() {
  return queryOptions({
    queryKey: ["imports", currentWorkspace()],
    queryFn: ({ signal }) => workspaceRequest<Imports>("/imports", { signal }),
    refetchInterval: ({ state }) => (state.data?.rows.some((one) => BUSY.has(one.state)) ? 1_500 : false),
  });
}

export function previewQuery(id: string, reading: WantedReading) {
  return queryOptions({
    queryKey: ["import-preview", currentWorkspace(), id, reading],
    queryFn: ({ signal }) =>
      workspaceRequest<ImportPreview>(`${path(id)}/preview`, { query: { ...reading }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** The first refused rows. */
export function refusedQuery(id: string) {
  return queryOptions({
    queryKey: ["import-refused", currentWorkspace(), id],
    queryFn: ({ signal }) =>
      workspaceRequest<RefusedRows>(`${path(id)}/errors`, { query: { limit: 100 }, signal }),
    gcTime: 0,
    staleTime: 0,
  });
}

export function uploadImport(object: string, file: File): Promise<ImportJob> {
  const form = new FormData();
  form.set("object", object);
  form.set("file", file);
  return workspaceRequest("/imports", { method: "POST", body: form });
}

export function saveMapping(
  id: string,
  settings: ImportSettings,
  reading: WantedReading,
): Promise<ImportJob> {
  return workspaceRequest(`${path(id)}/mapping`, { method: "PUT", body: { ...settings, reading } });
}

export function importVerb(id: string, verb: "dry-run" | "run" | "cancel"): Promise<ImportJob> {
  return workspaceRequest(`${path(id)}/${verb}`, { method: "POST", body: {} });
}

/** Takes the whole import back; ApiError 409 "records.undo_conflicts" when records were changed since. */
export async function undoImport(id: string, skipConflicts: boolean): Promise<ImportJob> {
  const answer = await workspaceRequest<ImportUndo>(`${path(id)}/undo`, {
    method: "POST",
    body: { skip_conflicts: skipConflicts },
  });
  return answer.import;
}

/** The refused rows as a file: as they were, with a column that says why. */
export function errorsFileUrl(id: string): string {
  return workspaceUrl(`${path(id)}/errors.csv`);
}
