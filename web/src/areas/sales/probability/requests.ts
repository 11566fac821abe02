/** What the screens of probabilities read. */
import { queryOptions } from "@tanstack/react-query";
import type { OpportunityProbability, ProbabilityModel } from "@/api/types";
import { recordKeys } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";

const WATCHED = 1500;

export function probabilityQuery(opportunity: string) {
  return queryOptions({
    queryKey: [...recordKeys.of("opportunity"), "probability", opportunity],
    queryFn: ({ signal }) =>
      workspaceRequest<OpportunityProbability>(`/opportunities/${opportunity}/probability`, { signal }),
  });
}

/** Looked at again and again while a training is to come. */
export function modelQuery() {
  return queryOptions({
    queryKey: ["probability-model", currentWorkspace()],
    queryFn: ({ signal }) => workspaceRequest<ProbabilityModel>("/probability-model", { signal }),
    refetchInterval: ({ state }) => (state.data?.waits ? WATCHED : false),
  });
}
