/** What the screens of keys and apps ask the server. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type {
  AppAnswer,
  Apps,
  Asking,
  ChangeApp,
  CreateKey,
  Grants,
  KeyCalls,
  Keys,
  MadeApp,
  MadeKey,
  RegisterApp,
  SentOn,
} from "@/api/types";
import { request } from "@/lib/api";
import { runAction } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";

/** Above all that is asked here; stale once any of it changes. */
export const programsKey = () => ["programs", currentWorkspace()] as const;

/** The keys of an own list or of everybody's, for those in charge of security. */
export function keysQuery(everybody: boolean) {
  return queryOptions({
    queryKey: [...programsKey(), "keys", everybody],
    queryFn: ({ signal }) =>
      workspaceRequest<Keys>("/access-keys", { query: { of: everybody ? "everybody" : null }, signal }),
  });
}

export function appsQuery() {
  return queryOptions({
    queryKey: [...programsKey(), "apps"],
    queryFn: ({ signal }) => workspaceRequest<Apps>("/apps", { signal }),
  });
}

/** What the reader allowed apps, or what everybody did. */
export function grantsQuery(everybody: boolean) {
  return queryOptions({
    queryKey: [...programsKey(), "grants", everybody],
    queryFn: async ({ signal }) =>
      (
        await workspaceRequest<Grants>("/app-grants", {
          query: { of: everybody ? "everybody" : null },
          signal,
        })
      ).grants,
  });
}

/** The calls of a key or of an app for one member, newest first. */
export function callsQuery(of: "access-keys" | "app-grants", id: string) {
  return infiniteQueryOptions({
    queryKey: [...programsKey(), "calls", id],
    queryFn: ({ pageParam, signal }) =>
      workspaceRequest<KeyCalls>(`/${of}/${id}/calls`, { query: { before: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: 0,
  });
}

export async function createKey(params: CreateKey): Promise<MadeKey> {
  return (await runAction<MadeKey>("access-keys/create-key", { ...params })).result;
}

export function revokeKey(key: string) {
  return runAction("access-keys/revoke-key", { key });
}

export async function registerApp(params: RegisterApp): Promise<MadeApp> {
  return (await runAction<MadeApp>("access-keys/register-app", { ...params })).result;
}

export async function changeApp(params: ChangeApp): Promise<MadeApp> {
  return (await runAction<MadeApp>("access-keys/change-app", { ...params })).result;
}

export async function newAppSecret(app: string): Promise<MadeApp> {
  return (await runAction<MadeApp>("access-keys/new-app-secret", { app })).result;
}

export function removeApp(app: string) {
  return runAction("access-keys/remove-app", { app });
}

export function revokeGrant(grant: string) {
  return runAction("access-keys/revoke-grant", { grant });
}

/** What the app of this query asks of whoever is signed in; `query` as it stands in the address. */
export function questionQuery(query: string) {
  return queryOptions({
    queryKey: ["app-question", query],
    queryFn: ({ signal }) => request<Asking>(`/api/v1/oauth/authorization${query}`, { signal }),
    retry: false,
    gcTime: 0,
  });
}

export function answerQuestion(body: AppAnswer): Promise<SentOn> {
  return request<SentOn>("/api/v1/oauth/authorization", { method: "POST", body });
}
