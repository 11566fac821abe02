/** Which changes of records are being decided about, for pages of records and those of approvals. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { ApprovalItem, RecordApprovals } from "@/api/types";
import { recordKeys } from "./records";
import { workspaceRequest } from "./workspace";

const UNDER_WAY_MS = 2_000;

/** Whoever an approval concerns is notified: word of a new notification refreshes what is asked under this key. */
export const approvalKey = () => [...recordKeys.of("sys_notification"), "approvals"] as const;

export function recordApprovalsQuery(object: string, id: string) {
  return queryOptions({
    queryKey: [...approvalKey(), "of", object, id],
    queryFn: ({ signal }) =>
      workspaceRequest<RecordApprovals>(`/records/${object}/${id}/approvals`, { signal }).then(
        (answer) => answer.approvals,
      ),
    staleTime: 0,
    // Until those who are asked are known.
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ state, waits_for }) => state === "pending" && waits_for.length === 0)
        ? UNDER_WAY_MS
        : false,
  });
}

/** The change of a record that is being decided about; the record cannot be changed meanwhile. */
export function useBeingDecided(object: string, id: string): ApprovalItem | undefined {
  return useQuery(recordApprovalsQuery(object, id)).data?.find(
    ({ op, state }) => op !== "after" && (state === "pending" || state === "returned"),
  );
}
