/** With whom one record is shared, and who can see it and why: read, given, ended. */
import { queryOptions } from "@tanstack/react-query";
import type { RecordAccess, RecordShares, Share, ShareRequest } from "@/api/types";
import { recordKeys } from "@/lib/records";
import { workspaceRequest } from "@/lib/workspace";

export type ReceiverKind = Share["kind"];
export type ShareLevel = Share["level"];

/** What is given: at which level, and until when if it ends by itself. */
export interface Given {
  level: ShareLevel;
  expires_at: string | null;
}

const sharesOf = (object: string, id: string) => `/records/${object}/${id}/shares`;

export function sharesQuery(object: string, id: string) {
  return queryOptions({
    queryKey: [...recordKeys.record(object, id), "shares"],
    queryFn: ({ signal }) => workspaceRequest<RecordShares>(sharesOf(object, id), { signal }),
  });
}

/** Shares the record, or changes the level or the end of a share; answers everybody it is shared with then. */
export function shareRecord(object: string, id: string, kind: ReceiverKind, receiver: string, given: Given) {
  return workspaceRequest<RecordShares>(sharesOf(object, id), {
    method: "POST",
    body: { [kind]: receiver, ...given } satisfies ShareRequest,
  });
}

export function endShare(object: string, id: string, share: string) {
  return workspaceRequest<RecordShares>(`${sharesOf(object, id)}/${share}`, { method: "DELETE" });
}

/** Who can see the record and why; or, for one person, why they can or cannot. */
export function accessQuery(object: string, id: string, member: string | null) {
  return queryOptions({
    queryKey: [...recordKeys.record(object, id), "access", member],
    queryFn: ({ signal }) =>
      workspaceRequest<RecordAccess>(`/records/${object}/${id}/access`, {
        query: { member },
        signal,
      }),
    // A role, a department or a rule that changed meanwhile says so nowhere here.
    staleTime: 0,
    retry: false,
  });
}
