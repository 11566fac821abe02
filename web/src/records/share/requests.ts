/** With whom one record is shared: read, given, ended. */
import { queryOptions } from "@tanstack/react-query";
import type { RecordShares, Share, ShareRequest } from "@/api/types";
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
