/** Addresses of the settings about who gets in and who may do what. */
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { parseAuditSearch } from "@/areas/audit/wanted";
import { loadTexts } from "@/lib/i18n";
import { type Search, text } from "./root";
import { settingsRoute } from "./settings";

const rolesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "roles",
  loader: () => loadTexts("areas/access/roles"),
  component: lazyRouteComponent(() => import("@/areas/access/roles/roles-page"), "RolesPage"),
});

const compareRolesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "roles/compare",
  validateSearch: (search: Search): { one?: string; other?: string } => ({
    one: text(search.one),
    other: text(search.other),
  }),
  loader: () => loadTexts("areas/access/roles"),
  component: lazyRouteComponent(() => import("@/areas/access/roles/compare-page"), "ComparePage"),
});

const roleRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "roles/$id",
  validateSearch: (search: Search): { tab?: string; object?: string } => ({
    tab: text(search.tab),
    object: text(search.object),
  }),
  loader: () => loadTexts("areas/access/roles"),
  component: lazyRouteComponent(() => import("@/areas/access/roles/role-page"), "RolePage"),
});

const accessRulesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "access-rules",
  loader: () => loadTexts("areas/access/roles"),
  component: lazyRouteComponent(() => import("@/areas/access/roles/rules-page"), "RulesPage"),
});

const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "audit",
  validateSearch: parseAuditSearch,
  loader: () => loadTexts("areas/audit"),
  component: lazyRouteComponent(() => import("@/areas/audit/audit-page"), "AuditPage"),
});

const appsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "apps",
  loader: () => loadTexts("areas/settings/programs"),
  component: lazyRouteComponent(() => import("@/areas/settings/programs/apps-page"), "AppsPage"),
});

const mailboxesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "mailboxes",
  loader: () => loadTexts("areas/settings/mailboxes"),
  component: lazyRouteComponent(() => import("@/areas/settings/mailboxes/mailboxes-page"), "MailboxesPage"),
});

const passwordRulesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "password-rules",
  loader: () => loadTexts("areas/settings/security"),
  component: lazyRouteComponent(
    () => import("@/areas/settings/security/password-rules-page"),
    "PasswordRulesPage",
  ),
});

const singleSignOnRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "single-sign-on",
  validateSearch: (search: Search): { tried?: string } => ({ tried: text(search.tried) }),
  beforeLoad: ({ params, search }) => {
    if (!search.tried) return;
    throw redirect({
      to: "/w/$ws/settings/single-sign-on/$id",
      params: { ...params, id: search.tried },
      search: { step: "try" },
    });
  },
  loader: () => loadTexts("areas/settings/single-sign-on"),
  component: lazyRouteComponent(
    () => import("@/areas/settings/single-sign-on/single-sign-on-page"),
    "SingleSignOnPage",
  ),
});

const identityProviderRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "single-sign-on/$id",
  validateSearch: (
    search: Search,
  ): { step?: "connection" | "people" | "try"; protocol?: "oidc" | "saml" } => ({
    step: search.step === "people" || search.step === "try" ? search.step : undefined,
    protocol: search.protocol === "saml" ? "saml" : undefined,
  }),
  loader: () => loadTexts("areas/settings/single-sign-on"),
  component: lazyRouteComponent(
    () => import("@/areas/settings/single-sign-on/provider-page"),
    "ProviderPage",
  ),
});

export const accessPages = [
  rolesRoute,
  compareRolesRoute,
  roleRoute,
  accessRulesRoute,
  auditRoute,
  appsRoute,
  mailboxesRoute,
  passwordRulesRoute,
  singleSignOnRoute,
  identityProviderRoute,
] as const;
