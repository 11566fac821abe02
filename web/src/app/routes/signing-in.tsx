/** Addresses outside of any workspace: signing in and out of trouble with it, and the door for apps. */
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { loadTexts } from "@/lib/i18n";
import { sessionQuery } from "@/lib/me";
import { queryClient } from "@/lib/query-client";
import { rootRoute, type Search, text } from "./root";

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: async () => {
    const session = await queryClient.fetchQuery(sessionQuery());
    const [first] = session.workspaces;
    if (!session.authenticated) throw redirect({ to: "/sign-in" });
    if (first) throw redirect({ to: "/w/$ws", params: { ws: first.slug } });
  },
  loader: () => loadTexts("areas/identity"),
  component: lazyRouteComponent(() => import("@/areas/identity/no-workspace-page"), "NoWorkspacePage"),
});

interface SignInSearch {
  next?: string;
  ended?: "idle" | "over";
  /** The workspace whose identity providers are offered. */
  workspace?: string;
  /** Why an identity provider's answer opened nothing, and which provider it was. */
  problem?: string;
  provider?: string;
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (search: Search): SignInSearch => ({
    next: text(search.next),
    ended: search.ended === "idle" || search.ended === "over" ? search.ended : undefined,
    workspace: text(search.workspace),
    problem: text(search.problem),
    provider: text(search.provider),
  }),
  loader: () => loadTexts("areas/identity"),
  component: lazyRouteComponent(() => import("@/areas/identity/sign-in-page"), "SignInPage"),
});

const secondFactorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/second-factor",
  validateSearch: (search: Search): { next?: string } => ({ next: text(search.next) }),
  beforeLoad: async ({ search }) => {
    const session = await queryClient.fetchQuery({ ...sessionQuery(), staleTime: 0 });
    if (!session.authenticated) throw redirect({ to: "/sign-in", search });
  },
  loader: () => loadTexts("areas/identity", "areas/settings/security"),
  component: lazyRouteComponent(() => import("@/areas/settings/security/set-up-page"), "SetUpPage"),
});

/** Where apps send people to be asked. Its query is read as it stands: it is the app's, not the router's. */
const consentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/oauth/authorize",
  loader: () => loadTexts("areas/identity", "areas/settings/programs"),
  component: lazyRouteComponent(() => import("@/areas/settings/programs/consent-page"), "ConsentPage"),
});

const forgotRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/forgot-password",
  loader: () => loadTexts("areas/identity"),
  component: lazyRouteComponent(() => import("@/areas/identity/forgot-password-page"), "ForgotPasswordPage"),
});

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reset-password/$key",
  loader: () => loadTexts("areas/identity"),
  component: lazyRouteComponent(() => import("@/areas/identity/reset-password-page"), "ResetPasswordPage"),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/accept-invitation/$key",
  loader: () => loadTexts("areas/identity"),
  component: lazyRouteComponent(
    () => import("@/areas/identity/accept-invitation-page"),
    "AcceptInvitationPage",
  ),
});

/** A quote for a customer, who has no account. */
const offerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/q/$token",
  loader: () => loadTexts("areas/quotes/offer", "records/lines"),
  component: lazyRouteComponent(() => import("@/areas/quotes/offer/offer-page"), "OfferPage"),
});

export const signingInRoutes = [
  startRoute,
  signInRoute,
  secondFactorRoute,
  consentRoute,
  forgotRoute,
  resetRoute,
  invitationRoute,
  offerRoute,
] as const;
