/** What the audit log is asked: pages, its state, the records of a change set, a file, and to be gone over. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { AuditedChanges, AuditPage, AuditState, AuditWanted } from "@/api/types";
import { readResponse, send } from "@/lib/api";
import { currentLanguage } from "@/lib/language";
import { currentWorkspace, workspaceRequest, workspaceUrl } from "@/lib/workspace";

const PAGE = 50;
/** While the log is gone over it is asked this often how that stands. */
const ASK_MS = 1_500;

const keys = () => ["audit", currentWorkspace(), currentLanguage()] as const;

export function auditQuery(wanted: AuditWanted) {
  return infiniteQueryOptions({
    queryKey: [...keys(), "list", wanted],
    queryFn: ({ pageParam, signal }) =>
      workspaceRequest<AuditPage>("/audit", {
        query: { ...wanted, limit: PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 0,
  });
}

export function auditStateQuery() {
  return queryOptions({
    queryKey: [...keys(), "state"],
    queryFn: ({ signal }) => workspaceRequest<AuditState>("/audit/state", { signal }),
    refetchInterval: ({ state }) => (state.data?.running ? ASK_MS : false),
  });
}

export function auditedChangesQuery(changeSet: string) {
  return queryOptions({
    queryKey: [...keys(), "changes", changeSet],
    queryFn: ({ signal }) => workspaceRequest<AuditedChanges>(`/audit/changes/${changeSet}`, { signal }),
  });
}

export function verifyAudit(): Promise<AuditState> {
  return workspaceRequest<AuditState>("/audit/verify", { method: "POST" });
}

/** The file and the name that the server gives it. */
export async function exportAudit(wanted: AuditWanted): Promise<{ file: Blob; name: string; rows: number }> {
  const response = await send(workspaceUrl("/audit/export"), { method: "POST", body: wanted });
  if (!response.ok) return readResponse(response);
  const [, name = "audit.csv"] =
    response.headers.get("content-disposition")?.match(/filename\*=UTF-8''(.+)$/) ?? [];
  return {
    file: await response.blob(),
    name: decodeURIComponent(name),
    rows: Number(response.headers.get("x-row-count")),
  };
}
