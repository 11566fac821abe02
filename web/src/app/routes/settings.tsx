/** Addresses of the settings: one's own, those of the people, and those of what the workspace is made of. */
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { loadTexts } from "@/lib/i18n";
import { type Search, text } from "./root";
import { workspaceRoute } from "./workspace";

export const settingsRoute = createRoute({
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

const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "profile",
  validateSearch: (search: Record<string, unknown>): { delegate?: true } =>
    search.delegate === true ? { delegate: true } : {},
  loader: () => loadTexts("areas/settings/organisation"),
  component: lazyRouteComponent(() => import("@/areas/settings/profile-page"), "ProfilePage"),
});

const securityRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "security",
  loader: () => loadTexts("areas/settings/security", "areas/settings/programs"),
  component: lazyRouteComponent(() => import("@/areas/settings/security/security-page"), "SecurityPage"),
});

const sessionsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "sessions",
  component: lazyRouteComponent(() => import("@/areas/settings/sessions-page"), "SessionsPage"),
});

const keysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "api-keys",
  loader: () => loadTexts("areas/settings/programs"),
  component: lazyRouteComponent(() => import("@/areas/settings/programs/keys-page"), "KeysPage"),
});

const importHistoryRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "import-history",
  loader: () => loadTexts("areas/import"),
  component: lazyRouteComponent(() => import("@/areas/import/import-history-page"), "ImportHistoryPage"),
});

const workspaceSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "workspace",
  component: lazyRouteComponent(() => import("@/areas/settings/workspace-page"), "WorkspacePage"),
});

const organisationRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "organisation",
  loader: () => loadTexts("areas/settings/organisation"),
  component: lazyRouteComponent(() => import("@/areas/settings/organisation/chart-page"), "ChartPage"),
});

const membersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "members",
  loader: () => loadTexts("areas/settings/organisation"),
  component: lazyRouteComponent(() => import("@/areas/settings/members-page"), "MembersPage"),
});

const departmentsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "departments",
  loader: () => loadTexts("areas/settings/organisation"),
  component: lazyRouteComponent(() => import("@/areas/settings/departments-page"), "DepartmentsPage"),
});

const pipelinesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "pipelines",
  loader: () => Promise.all([loadTexts("areas/sales/pipelines"), loadTexts("areas/sales/probability")]),
  component: lazyRouteComponent(() => import("@/areas/sales/pipelines/pipelines-page"), "PipelinesPage"),
});

const poolSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "pools",
  loader: () => loadTexts("areas/pools"),
  component: lazyRouteComponent(() => import("@/areas/pools/settings-page"), "PoolSettingsPage"),
});

const webFormsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "web-forms",
  loader: () => loadTexts("areas/web-forms"),
  component: lazyRouteComponent(() => import("@/areas/web-forms/forms-page"), "WebFormsPage"),
});

const gradingRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "grading",
  loader: () => loadTexts("areas/sales/grading"),
  component: lazyRouteComponent(() => import("@/areas/sales/grading/grading-page"), "GradingPage"),
});

const conversionRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "conversion",
  loader: () => loadTexts("areas/sales/conversion"),
  component: lazyRouteComponent(() => import("@/areas/sales/conversion/mapping-page"), "MappingPage"),
});

const assignmentRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "assignment",
  loader: () => loadTexts("areas/sales/assignment"),
  component: lazyRouteComponent(() => import("@/areas/sales/assignment/assignment-page"), "AssignmentPage"),
});

const objectsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "objects",
  loader: () => loadTexts("builders"),
  component: lazyRouteComponent(() => import("@/builders/objects/object-list-page"), "ObjectListPage"),
});

const objectRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "objects/$key",
  validateSearch: (search: Search): { tab?: string } => ({ tab: text(search.tab) }),
  loader: () => loadTexts("builders"),
  component: lazyRouteComponent(() => import("@/builders/objects/object-page"), "ObjectPage"),
});

const configurationRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "configuration",
  validateSearch: (search: Search): { tab?: string; from?: string } => ({
    tab: text(search.tab),
    from: text(search.from),
  }),
  loader: () => loadTexts("builders"),
  component: lazyRouteComponent(
    () => import("@/builders/configuration/configuration-page"),
    "ConfigurationPage",
  ),
});

export const settingsPages = [
  settingsIndexRoute,
  profileRoute,
  securityRoute,
  sessionsRoute,
  keysRoute,
  importHistoryRoute,
  workspaceSettingsRoute,
  organisationRoute,
  membersRoute,
  departmentsRoute,
  pipelinesRoute,
  poolSettingsRoute,
  webFormsRoute,
  gradingRoute,
  conversionRoute,
  assignmentRoute,
  objectsRoute,
  objectRoute,
  configurationRoute,
] as const;
