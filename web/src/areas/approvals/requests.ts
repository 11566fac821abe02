/** Requests about approvals: one's boxes, one approval, the way a change would take, and what can be done. */
import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  ApprovalDetails,
  ApprovalNow,
  ApprovalParameters,
  Approvals,
  Rehearsal,
  SubmittedChange,
} from "@/api/types";
import { approvalKey } from "@/lib/approvals";
import type { HeldChange } from "@/lib/held-changes";
import { recordKeys, runAction } from "@/lib/records";
import { workspaceRequest } from "@/lib/workspace";

export type Box = NonNullable<ApprovalParameters["box"]>;

/** Steps are taken by a worker: what somebody did shows its consequences a moment later. */
const SOON_MS = [800, 2_500, 6_000];
/** Until those who are asked are known. */
const UNDER_WAY_MS = 1_500;

export function boxQuery(box: Box) {
  return infiniteQueryOptions({
    queryKey: [...approvalKey(), "box", box],
    queryFn: ({ pageParam, signal }) =>
      workspaceRequest<Approvals>("/approvals", { query: { box, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 0,
  });
}

/** How many approvals there are in each box. */
export function countsQuery() {
  return queryOptions({
    queryKey: [...approvalKey(), "counts"],
    queryFn: ({ signal }) =>
      workspaceRequest<Approvals>("/approvals", { query: { limit: 1 }, signal }).then(({ counts }) => counts),
  });
}

/** One approval; `task` is which of the reader's own tasks it is looked at for, where there are several. */
export function approvalQuery(id: string, task?: string) {
  return queryOptions({
    queryKey: [...approvalKey(), "one", id, task],
    queryFn: ({ signal }) =>
      workspaceRequest<ApprovalDetails>(`/approvals/${id}`, { query: { task }, signal }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data?.state === "pending" && data.waits_for.length === 0 ? UNDER_WAY_MS : false,
  });
}

export function rehearsalQuery({ flow, object, op, record, values }: HeldChange) {
  return queryOptions({
    queryKey: [...approvalKey(), "rehearsal", flow, object, op, record, values],
    queryFn: ({ signal }) =>
      workspaceRequest<Rehearsal>("/approvals/rehearsal", {
        method: "POST",
        body: { flow, object, op, record, values },
        signal,
      }),
    staleTime: 0,
    retry: false,
  });
}

/** Submits a change; under one key it is one approval, however often it is sent. */
export async function submitChange(
  { flow, object, op, record, values }: HeldChange,
  { comment, key, chosen }: { comment: string; key: string; chosen: Record<string, string[]> },
) {
  const params = { flow, object, op, record, values, comment: comment.trim() || null, key, chosen };
  const { result } = await runAction<SubmittedChange>("approvals/submit", params);
  return result.approval;
}

export type Verb =
  | "decide"
  | "transfer"
  | "reassign"
  | "add"
  | "return"
  | "withdraw"
  | "urge"
  | "resubmit"
  | "comment";

export const act = (verb: Verb, params: Record<string, unknown>) =>
  runAction<ApprovalNow>(`approvals/${verb}`, params);

/** Asks anew for all that an approval shows in, now and when its next steps were taken. */
export async function refreshApprovals(client: QueryClient, object?: string | null): Promise<void> {
  const refresh = () => {
    if (object) void client.invalidateQueries({ queryKey: recordKeys.of(object) });
    return client.invalidateQueries({ queryKey: approvalKey() });
  };
  for (const wait of SOON_MS) setTimeout(refresh, wait);
  await refresh();
}
