/** Who is signed in, in which workspaces, and with which settings. */
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { Me, Preferences, Session } from "@/api/types";
import { request } from "./api";
import { currentWorkspace, workspaceRequest } from "./workspace";

export function sessionQuery() {
  return queryOptions({
    queryKey: ["session"],
    queryFn: ({ signal }) => request<Session>("/api/v1/session", { signal }),
    staleTime: 60_000,
  });
}

export function meQuery() {
  return queryOptions({
    queryKey: ["me", currentWorkspace()],
    queryFn: ({ signal }) => workspaceRequest<Me>("/me", { signal }),
    staleTime: 300_000,
  });
}

/** The member of this workspace; loaded by the workspace route. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery()).data;
}

/** Saves settings of the member (language, theme). */
export function useUpdateMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: Preferences) => workspaceRequest<Me>("/me", { method: "PATCH", body: values }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["me"] }),
  });
}
