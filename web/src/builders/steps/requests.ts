/** What the settings of steps ask the server. */
import { queryOptions } from "@tanstack/react-query";
import type { NotAskable } from "@/api/types";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";

/** Members who cannot sign in, and so could decide nothing. */
export function notAskableQuery() {
  return queryOptions({
    queryKey: ["approvals", currentWorkspace(), "not-askable"],
    queryFn: ({ signal }) => workspaceRequest<NotAskable>("/approvals/not-askable", { signal }),
    select: ({ members }) => members,
  });
}
