/** What is asked before a lead is converted and before that is taken back. */
import { queryOptions } from "@tanstack/react-query";
import type { LeadDuplicates, LeadReversal } from "@/api/types";
import { recordKeys } from "@/lib/records";
import { workspaceRequest } from "@/lib/workspace";

export function duplicatesQuery(lead: string) {
  return queryOptions({
    queryKey: [...recordKeys.record("lead", lead), "duplicates"],
    queryFn: ({ signal }) => workspaceRequest<LeadDuplicates>(`/leads/${lead}/duplicates`, { signal }),
  });
}

export function reversalQuery(lead: string) {
  return queryOptions({
    queryKey: [...recordKeys.record("lead", lead), "reversal"],
    queryFn: ({ signal }) => workspaceRequest<LeadReversal>(`/leads/${lead}/reversal`, { signal }),
    staleTime: 0,
  });
}
