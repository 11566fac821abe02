/** All addresses of the client. Pages are loaded when they are visited. */

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { parseAuditSearch } from "@/areas/audit/wanted";
import { ApiError } from "@/lib/api";
import { catalogQuery } from "@/lib/catalog";
import { loadTexts, setLanguage } from "@/lib/i18n";
import { currentLanguage } from "@/lib/language";
import { meQuery, sessionQuery } from "@/lib/me";
import { queryClient } from "@/lib/query-client";
import { endedBy, SECOND_FACTOR_NEEDED, SINGLE_SIGN_ON_NEEDED } from "@/lib/session-end";
import { enterWorkspace } from "@/lib/workspace";
import { parseListSearch } from "@/records/list/list-search";
import { parseRecordSearch } from "@/records/page/record-search";
import { PageSkeleton } from "@/ui/states";
import { ErrorPage, NotFoundPage, RootLayout } from "./root-layout";

const identityTexts = () => loadTexts("areas/identity");

const rootRoute = createRootRoute({ component: RootLayout, notFoundComponent: NotFoundPage });

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: async () => {
    const session = await queryClient.fetchQuery(sessionQuery());
    const [first] = session.workspaces;
    if (!session.authenticated) throw redirect({ to: "/sign-in" });
    if (first) throw redirect({ to: "/w/$ws", params: { ws: first.slug } });
  },
  loader: identityTexts,
  component: lazyRouteComponent(() => import("@/areas/identity/no-workspace-page"), "NoWorkspacePage"),
});

const text = (value: unknown) => (typeof value === "string" ? value : undefined);

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
  validateSearch: (search: Record<string, unknown>): SignInSearch => ({
    next: text(search.next),
    ended: search.ended === "idle" || search.ended === "over" ? search.ended : undefined,
    workspace: text(search.workspace),
    problem: text(search.problem),
    provider: text(search.provider),
  }),
  loader: identityTexts,
  component: lazyRouteComponent(() => import("@/areas/identity/sign-in-page"), "SignInPage"),
});

const secondFactorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/second-factor",
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: text(search.next) }),
  beforeLoad: async ({ search }) => {
    const session = await queryClient.fetchQuery({ ...sessionQuery(), staleTime: 0 });
    if (!session.authenticated) throw redirect({ to: "/sign-in", search });
  },
  loader: () => Promise.all([identityTexts(), loadTexts("areas/settings/security")]),
  component: lazyRouteComponent(() => import("@/areas/settings/security/set-up-page"), "SetUpPage"),
});

/** The texts of keys and apps, which travel apart. */
const programTexts = () => loadTexts("areas/settings/programs");

/** Where apps send people to be asked. Its query is read as it stands: it is the app's, not the router's. */
const consentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/oauth/authorize",
  loader: () => Promise.all([identityTexts(), programTexts()]),
  component: lazyRouteComponent(() => import("@/areas/settings/programs/consent-page"), "ConsentPage"),
});

const forgotRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/forgot-password",
  loader: identityTexts,
  component: lazyRouteComponent(() => import("@/areas/identity/forgot-password-page"), "ForgotPasswordPage"),
});

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reset-password/$key",
  loader: identityTexts,
  component: lazyRouteComponent(() => import("@/areas/identity/reset-password-page"), "ResetPasswordPage"),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/accept-invitation/$key",
  loader: identityTexts,
  component: lazyRouteComponent(
    () => import("@/areas/identity/accept-invitation-page"),
    "AcceptInvitationPage",
  ),
});

const workspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/w/$ws",
  beforeLoad: ({ params }) => enterWorkspace(params.ws),
  loader: async ({ location, params }) => {
    try {
      const [me] = await Promise.all([
        queryClient.ensureQueryData(meQuery()),
        queryClient.ensureQueryData(catalogQuery()),
      ]);
      if (me.member.language && !me.view_as && me.member.language !== currentLanguage())
        await setLanguage(me.member.language);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        throw redirect({ to: "/sign-in", search: { next: location.href, ended: endedBy(error) } });
      }
      if (error instanceof ApiError && error.code === SECOND_FACTOR_NEEDED) {
        throw redirect({ to: "/second-factor", search: { next: location.href } });
      }
      if (error instanceof ApiError && error.code === SINGLE_SIGN_ON_NEEDED) {
        const search = { next: location.href, workspace: params.ws, problem: error.code };
        throw redirect({ to: "/sign-in", search });
      }
      throw error;
    }
  },
  component: lazyRouteComponent(() => import("./shell/shell"), "Shell"),
});

const homeRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/",
  component: lazyRouteComponent(() => import("@/areas/home/home-page"), "HomePage"),
});

const listRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "o/$object",
  validateSearch: parseListSearch,
  component: lazyRouteComponent(() => import("@/records/list/list-page"), "ListPage"),
});

const recordRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "o/$object/$id",
  validateSearch: parseRecordSearch,
  component: lazyRouteComponent(() => import("@/records/page/record-page"), "RecordPage"),
});

const searchRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "search",
  validateSearch: (search: Record<string, unknown>): { q?: string } => ({ q: text(search.q) }),
  component: lazyRouteComponent(() => import("@/areas/search/search-page"), "SearchPage"),
});

const loadImportTexts = () => loadTexts("areas/import");

const importRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "import",
  validateSearch: (search: Record<string, unknown>): { object?: string; id?: string } => ({
    object: text(search.object),
    id: text(search.id),
  }),
  loader: loadImportTexts,
  component: lazyRouteComponent(() => import("@/areas/import/import-page"), "ImportPage"),
});

const settingsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "settings",
  component: lazyRouteComponent(() => import("@/areas/settings/settings-layout"), "SettingsLayout"),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/w/$ws/settings/profile", params });
  },
});

const workspaceSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "workspace",
  component: lazyRouteComponent(() => import("@/areas/settings/workspace-page"), "WorkspacePage"),
});

/** Above people and departments, whose texts travel apart. */
const organisationTextsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  id: "organisation-texts",
  loader: () => loadTexts("areas/settings/organisation"),
});

const organisationRoute = createRoute({
  getParentRoute: () => organisationTextsRoute,
  path: "organisation",
  component: lazyRouteComponent(() => import("@/areas/settings/organisation/chart-page"), "ChartPage"),
});

const handOverRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "hand-over/$member",
  loader: () => loadTexts("areas/hand-over"),
  validateSearch: (search: Record<string, unknown>): { id?: string; leave?: boolean } => ({
    id: text(search.id),
    leave: search.leave === true || undefined,
  }),
  component: lazyRouteComponent(() => import("@/areas/hand-over/hand-over-page"), "HandOverPage"),
});

const membersRoute = createRoute({
  getParentRoute: () => organisationTextsRoute,
  path: "members",
  component: lazyRouteComponent(() => import("@/areas/settings/members-page"), "MembersPage"),
});

const departmentsRoute = createRoute({
  getParentRoute: () => organisationTextsRoute,
  path: "departments",
  component: lazyRouteComponent(() => import("@/areas/settings/departments-page"), "DepartmentsPage"),
});

const pipelinesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "pipelines",
  component: lazyRouteComponent(() => import("@/areas/sales/pipelines/pipelines-page"), "PipelinesPage"),
});

/** Above all screens of the builders, whose texts travel apart. */
const buildersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  id: "builders",
  loader: () => loadTexts("builders"),
});

const objectsRoute = createRoute({
  getParentRoute: () => buildersRoute,
  path: "objects",
  component: lazyRouteComponent(() => import("@/builders/objects/object-list-page"), "ObjectListPage"),
});

const objectRoute = createRoute({
  getParentRoute: () => buildersRoute,
  path: "objects/$key",
  validateSearch: (search: Record<string, unknown>): { tab?: string } => ({ tab: text(search.tab) }),
  component: lazyRouteComponent(() => import("@/builders/objects/object-page"), "ObjectPage"),
});

/** Above the screens of roles and access rules, whose texts travel apart. */
const rolesTextsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  id: "roles-texts",
  loader: () => loadTexts("areas/access/roles"),
});

const rolesRoute = createRoute({
  getParentRoute: () => rolesTextsRoute,
  path: "roles",
  component: lazyRouteComponent(() => import("@/areas/access/roles/roles-page"), "RolesPage"),
});

const compareRolesRoute = createRoute({
  getParentRoute: () => rolesTextsRoute,
  path: "roles/compare",
  validateSearch: (search: Record<string, unknown>): { one?: string; other?: string } => ({
    one: text(search.one),
    other: text(search.other),
  }),
  component: lazyRouteComponent(() => import("@/areas/access/roles/compare-page"), "ComparePage"),
});

const roleRoute = createRoute({
  getParentRoute: () => rolesTextsRoute,
  path: "roles/$id",
  validateSearch: (search: Record<string, unknown>): { tab?: string; object?: string } => ({
    tab: text(search.tab),
    object: text(search.object),
  }),
  component: lazyRouteComponent(() => import("@/areas/access/roles/role-page"), "RolePage"),
});

const accessRulesRoute = createRoute({
  getParentRoute: () => rolesTextsRoute,
  path: "access-rules",
  component: lazyRouteComponent(() => import("@/areas/access/roles/rules-page"), "RulesPage"),
});

const configurationRoute = createRoute({
  getParentRoute: () => buildersRoute,
  path: "configuration",
  validateSearch: (search: Record<string, unknown>): { tab?: string; from?: string } => ({
    tab: text(search.tab),
    from: text(search.from),
  }),
  component: lazyRouteComponent(
    () => import("@/builders/configuration/configuration-page"),
    "ConfigurationPage",
  ),
});

const sessionsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "sessions",
  component: lazyRouteComponent(() => import("@/areas/settings/sessions-page"), "SessionsPage"),
});

/** Above the screens of security, whose texts travel apart. */
const securityTextsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  id: "security-texts",
  loader: () => loadTexts("areas/settings/security"),
});

const securityRoute = createRoute({
  getParentRoute: () => securityTextsRoute,
  loader: programTexts,
  path: "security",
  component: lazyRouteComponent(() => import("@/areas/settings/security/security-page"), "SecurityPage"),
});

const keysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "api-keys",
  loader: programTexts,
  component: lazyRouteComponent(() => import("@/areas/settings/programs/keys-page"), "KeysPage"),
});

const appsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "apps",
  loader: programTexts,
  component: lazyRouteComponent(() => import("@/areas/settings/programs/apps-page"), "AppsPage"),
});

const passwordRulesRoute = createRoute({
  getParentRoute: () => securityTextsRoute,
  path: "password-rules",
  component: lazyRouteComponent(
    () => import("@/areas/settings/security/password-rules-page"),
    "PasswordRulesPage",
  ),
});

/** Above the pages of identity providers, whose texts travel apart. */
const singleSignOnTextsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  id: "single-sign-on-texts",
  loader: () => loadTexts("areas/settings/single-sign-on"),
});

const singleSignOnRoute = createRoute({
  getParentRoute: () => singleSignOnTextsRoute,
  path: "single-sign-on",
  validateSearch: (search: Record<string, unknown>): { tried?: string } => ({ tried: text(search.tried) }),
  beforeLoad: ({ params, search }) => {
    if (!search.tried) return;
    throw redirect({
      to: "/w/$ws/settings/single-sign-on/$id",
      params: { ...params, id: search.tried },
      search: { step: "try" },
    });
  },
  component: lazyRouteComponent(
    () => import("@/areas/settings/single-sign-on/single-sign-on-page"),
    "SingleSignOnPage",
  ),
});

const identityProviderRoute = createRoute({
  getParentRoute: () => singleSignOnTextsRoute,
  path: "single-sign-on/$id",
  validateSearch: (
    search: Record<string, unknown>,
  ): { step?: "connection" | "people" | "try"; protocol?: "oidc" | "saml" } => ({
    step: search.step === "people" || search.step === "try" ? search.step : undefined,
    protocol: search.protocol === "saml" ? "saml" : undefined,
  }),
  component: lazyRouteComponent(
    () => import("@/areas/settings/single-sign-on/provider-page"),
    "ProviderPage",
  ),
});

const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "profile",
  component: lazyRouteComponent(() => import("@/areas/settings/profile-page"), "ProfilePage"),
});

/** Above the audit log, whose texts travel apart. */
const auditTextsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  id: "audit-texts",
  loader: () => loadTexts("areas/audit"),
});

const auditRoute = createRoute({
  getParentRoute: () => auditTextsRoute,
  path: "audit",
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(() => import("@/areas/audit/audit-page"), "AuditPage"),
});

const importHistoryRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "import-history",
  loader: loadImportTexts,
  component: lazyRouteComponent(() => import("@/areas/import/import-history-page"), "ImportHistoryPage"),
});

const routeTree = rootRoute.addChildren([
  startRoute,
  signInRoute,
  secondFactorRoute,
  consentRoute,
  forgotRoute,
  resetRoute,
  invitationRoute,
  workspaceRoute.addChildren([
    homeRoute,
    listRoute,
    recordRoute,
    searchRoute,
    importRoute,
    handOverRoute,
    settingsRoute.addChildren([
      settingsIndexRoute,
      workspaceSettingsRoute,
      organisationTextsRoute.addChildren([membersRoute, departmentsRoute, organisationRoute]),
      pipelinesRoute,
      buildersRoute.addChildren([objectsRoute, objectRoute, configurationRoute]),
      auditTextsRoute.addChildren([auditRoute]),
      rolesTextsRoute.addChildren([rolesRoute, compareRolesRoute, roleRoute, accessRulesRoute]),
      sessionsRoute,
      securityTextsRoute.addChildren([securityRoute, passwordRulesRoute]),
      singleSignOnTextsRoute.addChildren([singleSignOnRoute, identityProviderRoute]),
      keysRoute,
      appsRoute,
      profileRoute,
      importHistoryRoute,
    ]),
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPendingComponent: PageSkeleton,
  defaultPendingMs: 200,
  defaultErrorComponent: ({ error, reset }) => <ErrorPage error={error} onRetry={reset} />,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
