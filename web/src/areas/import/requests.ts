/** Requests of the import: a file is uploaded once, read, mapped, rehearsed, run, and can be taken back whole. */
import { queryOptions } from "@tanstack/react-query";
import { currentWorkspace, workspaceRequest, workspaceUrl } from "@/lib/workspace";

export type ImportState =
  | "uploaded"
  | "mapped"
  | "checking"
  | "checked"
  | "running"
  | "done"
  | "cancelled"
  | "failed"
  | "undoing"
  | "undone";

/** States in which the server is at work. */
export const BUSY: ReadonlySet<ImportState> = new Set(["checking", "running", "undoing"]);

/** How a file is read; what is null is told from the file. */
export interface Reading {
  encoding?: string | null;
  delimiter?: string | null;
  sheet?: string | null;
  header_row?: number | null;
}

export interface Counts {
  create: number;
  update: number;
  skip: number;
  error: number;
  unlinked?: number;
}

/** How the text of a reference names a record. */
export interface RelationRule {
  by: string;
  create_missing: boolean;
}

/** One target of the mapping and where its text comes from: a column, a template, or the same text for every row. */
export interface MappingEntry {
  column?: string;
  template?: string;
  constant?: string;
  field: string | null;
  relation?: RelationRule;
  /** Replaces texts of the file before they are read: "GTXPro" by "GTX Pro". */
  values?: Record<string, string>;
  date_order?: "ymd" | "mdy" | "dmy";
  decimal_mark?: "." | ",";
  confidence?: number;
}

export interface ImportSettings {
  mapping: MappingEntry[];
  mode: "create" | "update" | "upsert";
  match: string[];
  owner?: string | null;
  clear_empty?: boolean;
}

export interface ImportJob {
  id: string;
  object: string;
  file: { name: string; size: number };
  reading: Reading;
  columns: string[];
  settings: ImportSettings | null;
  state: ImportState;
  progress: { done: number; total: number };
  counts: Counts;
  error?: { code: string; message: string } | null;
  /** Distinct errors of the rows, the most frequent ones first; only where one import is asked for. */
  errors?: ProblemKind[];
  change_set: string | null;
  created_by: string | null;
  created_at: string;
}

export interface Preview extends Reading {
  columns: { name: string; samples: string[] }[];
  rows_total: number;
  sheets: string[];
  proposal: MappingEntry[];
  match: string[];
}

/** One thing that is wrong, with the number of rows that have it. */
export interface ProblemKind {
  column: string;
  field: string;
  code: string;
  params: Record<string, unknown>;
  message: string;
  count: number;
  first_row: number;
}

/** A refused row: its number in the file, its cells, and what is wrong by column. */
export interface RefusedRow {
  row: number;
  cells: string[];
  errors: { column: string; field: string; code: string; message: string }[];
}

const path = (id: string) => `/imports/${id}`;

export function importQuery(id: string) {
  return queryOptions({
    queryKey: ["imports", currentWorkspace(), id],
    queryFn: ({ signal }) => workspaceRequest<ImportJob>(path(id), { signal }),
    refetchInterval: ({ state }) => (state.data && BUSY.has(state.data.state) ? 700 : false),
  });
}

export function importsQuery() {
  return queryOptions({
    queryKey: ["imports", currentWorkspace()],
    queryFn: ({ signal }) => workspaceRequest<{ rows: ImportJob[] }>("/imports", { signal }),
    refetchInterval: ({ state }) => (state.data?.rows.some((one) => BUSY.has(one.state)) ? 1_500 : false),
  });
}

export function previewQuery(id: string, reading: Reading) {
  return queryOptions({
    queryKey: ["import-preview", currentWorkspace(), id, reading],
    queryFn: ({ signal }) =>
      workspaceRequest<Preview>(`${path(id)}/preview`, { query: { ...reading }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** The first refused rows. */
export function refusedQuery(id: string) {
  return queryOptions({
    queryKey: ["import-refused", currentWorkspace(), id],
    queryFn: ({ signal }) =>
      workspaceRequest<{ rows: RefusedRow[] }>(`${path(id)}/errors`, { query: { limit: 100 }, signal }),
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

export function saveMapping(id: string, settings: ImportSettings, reading: Reading): Promise<ImportJob> {
  return workspaceRequest(`${path(id)}/mapping`, { method: "PUT", body: { ...settings, reading } });
}

export function importVerb(id: string, verb: "dry-run" | "run" | "cancel"): Promise<ImportJob> {
  return workspaceRequest(`${path(id)}/${verb}`, { method: "POST", body: {} });
}

/** Takes the whole import back; ApiError 409 "records.undo_conflicts" when records were changed since. */
export async function undoImport(id: string, skipConflicts: boolean): Promise<ImportJob> {
  const answer = await workspaceRequest<{ import: ImportJob }>(`${path(id)}/undo`, {
    method: "POST",
    body: { skip_conflicts: skipConflicts },
  });
  return answer.import;
}

/** The refused rows as a file: as they were, with a column that says why. */
export function errorsFileUrl(id: string): string {
  return workspaceUrl(`${path(id)}/errors.csv`);
}
