/** What the sign-in page asks of single sign-on: who may be signed in with, the way there, and why it did not work. */
import { queryOptions } from "@tanstack/react-query";
import type { OfferedProviders, SignInAt, SignInProblem } from "@/api/types";
import { request } from "@/lib/api";

/** The identity providers for a mail address or a workspace; for "" those of the only workspace there is. */
export function findProviders(who: string): Promise<OfferedProviders> {
  return request<OfferedProviders>("/api/v1/sign-in/providers", { query: { who: who || undefined } });
}

export function providersQuery(who: string) {
  return queryOptions({ queryKey: ["sign-in-providers", who], queryFn: () => findProviders(who), retry: 1 });
}

/** Why somebody was sent back here; asked for in the language of the page. */
export function problemQuery(problem: string, provider: string | undefined, language: string) {
  return queryOptions({
    queryKey: ["sign-in-problem", problem, provider, language],
    queryFn: ({ signal }) =>
      request<SignInProblem>("/api/v1/sign-in/problem", { query: { problem, provider }, signal }),
    retry: 1,
  });
}

/** Leaves for an identity provider; resolves once the browser is on its way. */
export async function goTo(provider: string, next: string, hint: string): Promise<void> {
  const { redirect } = await request<SignInAt>("/api/v1/sign-in/begin", {
    method: "POST",
    body: { provider, next, hint },
  });
  window.location.assign(redirect);
}
