/** What the single sign-on pages ask of the server. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  IssuerDescription,
  ProviderMetadata,
  ProviderState,
  SignInAt,
  SingleSignOn,
  Tried,
} from "@/api/types";
import { runAction } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";

export function singleSignOnQuery() {
  return queryOptions({
    queryKey: ["single-sign-on", currentWorkspace()],
    queryFn: ({ signal }) => workspaceRequest<SingleSignOn>("/single-sign-on", { signal }),
  });
}

/** What came of the latest trial of this session. */
export function triedQuery() {
  return queryOptions({
    queryKey: ["single-sign-on", currentWorkspace(), "tried"],
    queryFn: async ({ signal }) => (await workspaceRequest<Tried>("/single-sign-on/tried", { signal })).tried,
  });
}

export async function saveProvider(params: Record<string, unknown>): Promise<ProviderState> {
  return (await runAction<ProviderState>("single-sign-on/save-provider", params)).result;
}

export function removeProvider(provider: string) {
  return runAction("single-sign-on/remove-provider", { provider });
}

export function requireSingleSignOn(required: boolean) {
  return runAction("single-sign-on/require-single-sign-on", { required });
}

export async function readIssuer(issuer: string): Promise<IssuerDescription> {
  return (await runAction<IssuerDescription>("single-sign-on/read-issuer", { issuer })).result;
}

export async function readMetadata(metadata: string): Promise<ProviderMetadata> {
  return (await runAction<ProviderMetadata>("single-sign-on/read-provider-metadata", { metadata })).result;
}

/** Leaves for the provider, which is asked as for a sign-in; the way back leads to the provider's page. */
export async function tryProvider(provider: string): Promise<void> {
  const { redirect } = await workspaceRequest<SignInAt>(`/single-sign-on/${provider}/try`, {
    method: "POST",
  });
  window.location.assign(redirect);
}

export function settingsChanged(client: QueryClient) {
  return client.invalidateQueries({ queryKey: ["single-sign-on", currentWorkspace()] });
}
