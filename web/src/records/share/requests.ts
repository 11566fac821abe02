/** With whom one record is shared: read, given, ended. */
import { queryOptions } from "@tanstack/react-query";
import type { RecordShares, Share, ShareRequest } from "@/api/types";
import { recordKeys } from "@/lib/records";
import { workspaceRequest } from "@/lib/workspace";

export type ReceiverKind = Share["kind"];
export type ShareLevel = Share["level"];

const sharesOf = (object: string, id: string) => `/records/${object}/${id}/shares`;

export function sharesQuery(object: string, id: string) {
  return queryOptions({
    queryKey: [...recordKeys.record(object, id), "shares"],
    queryFn: ({ signal }) => workspaceRequest<RecordShares>(sharesOf(object, id), { signal }),
  });
}

/** Shares the record, or changes the level of a share; answers everybody it is shared with then. */
export function shareRecord(
  object: string,
  id: string,
  kind: ReceiverKind,
  receiver: string,
  level: ShareLevel,
) {
  return workspaceRequest<RecordShares>(sharesOf(object, id), {
    method: "POST",
    body: { [kind]: receiver, level } satisfies ShareRequest,
  });
}

export function endShare(object: string, id: string, share: string) {
  return workspaceRequest<RecordShares>(`${sharesOf(object, id)}/${share}`, { method: "DELETE" });
}
