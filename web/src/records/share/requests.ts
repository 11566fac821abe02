/** With whom one record is shared: read, given, ended. */
import { queryOptions } from "@tanstack/react-query";
import type { Reference } from "@/api/types";
import { recordKeys } from "@/lib/records";
import { workspaceRequest } from "@/lib/workspace";

export type ShareLevel = "read" | "edit";
export type ReceiverKind = "member" | "department";

export interface Share {
  id: string;
  kind: ReceiverKind;
  receiver: Reference;
  level: ShareLevel;
}

export interface RecordShares {
  /** Whether the reader may change with whom it is shared. */
  may_share: boolean;
  shares: Share[];
}

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
    body: { [kind]: receiver, level },
  });
}

export function endShare(object: string, id: string, share: string) {
  return workspaceRequest<RecordShares>(`${sharesOf(object, id)}/${share}`, { method: "DELETE" });
}
