/** Addresses of a workspace: what may be seen before the first page of it, and the pages of its records. */
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { parseForecastSearch } from "@/areas/forecast/search";
import { parseLossSearch } from "@/areas/sales/losses/search";
import { ApiError } from "@/lib/api";
import { catalogQuery } from "@/lib/catalog";
import { loadTexts, setLanguage } from "@/lib/i18n";
import { currentLanguage } from "@/lib/language";
import { meQuery } from "@/lib/me";
import { queryClient } from "@/lib/query-client";
import { endedBy, SECOND_FACTOR_NEEDED, SINGLE_SIGN_ON_NEEDED } from "@/lib/session-end";
import { enterWorkspace } from "@/lib/workspace";
import { parseListSearch } from "@/records/list/list-search";
import { parseRecordSearch } from "@/records/page/record-search";
import { rootRoute, type Search, text } from "./root";

export const workspaceRoute = createRoute({
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
  component: lazyRouteComponent(() => import("../shell/shell"), "Shell"),
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
  validateSearch: (search: Search): { q?: string } => ({ q: text(search.q) }),
  component: lazyRouteComponent(() => import("@/areas/search/search-page"), "SearchPage"),
});

const importRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "import",
  validateSearch: (search: Search): { object?: string; id?: string } => ({
    object: text(search.object),
    id: text(search.id),
  }),
  loader: () => loadTexts("areas/import"),
  component: lazyRouteComponent(() => import("@/areas/import/import-page"), "ImportPage"),
});

const handOverRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "hand-over/$member",
  loader: () => loadTexts("areas/hand-over"),
  validateSearch: (search: Search): { id?: string; leave?: boolean } => ({
    id: text(search.id),
    leave: search.leave === true || undefined,
  }),
  component: lazyRouteComponent(() => import("@/areas/hand-over/hand-over-page"), "HandOverPage"),
});

const approvalsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "approvals",
  validateSearch: (search: Search): { box?: string } => ({ box: text(search.box) }),
  loader: () => loadTexts("areas/approvals"),
  component: lazyRouteComponent(() => import("@/areas/approvals/approvals-page"), "ApprovalsPage"),
});

const approvalRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "approvals/$id",
  validateSearch: (search: Search): { task?: string } => ({ task: text(search.task) }),
  loader: () => loadTexts("areas/approvals"),
  component: lazyRouteComponent(() => import("@/areas/approvals/approval-page"), "ApprovalPage"),
});

const formsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "forms",
  validateSearch: (search: Search): { box?: "done" } => ({ box: search.box === "done" ? "done" : undefined }),
  loader: () => loadTexts("areas/forms"),
  component: lazyRouteComponent(() => import("@/areas/forms/forms-page"), "FormsPage"),
});

const formRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "forms/$id",
  loader: () => loadTexts("areas/forms"),
  component: lazyRouteComponent(() => import("@/areas/forms/form-page"), "FormPage"),
});

const poolsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "pools",
  validateSearch: (search: Search): { pool?: string } => ({ pool: text(search.pool) }),
  loader: () => loadTexts("areas/pools"),
  component: lazyRouteComponent(() => import("@/areas/pools/pools-page"), "PoolsPage"),
});

const receivablesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "receivables",
  loader: () => loadTexts("areas/billing"),
  component: lazyRouteComponent(() => import("@/areas/billing/receivables-page"), "ReceivablesPage"),
});

const lossesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "losses",
  validateSearch: parseLossSearch,
  loader: () => loadTexts("areas/sales/losses"),
  component: lazyRouteComponent(() => import("@/areas/sales/losses/losses-page"), "LossesPage"),
});

const forecastRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "forecast",
  validateSearch: parseForecastSearch,
  loader: () => loadTexts("areas/forecast"),
  component: lazyRouteComponent(() => import("@/areas/forecast/forecast-page"), "ForecastPage"),
});

const commissionRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "commission",
  loader: () => loadTexts("areas/commission"),
  component: lazyRouteComponent(() => import("@/areas/commission/commission-page"), "CommissionPage"),
});

export const workspacePages = [
  homeRoute,
  listRoute,
  recordRoute,
  searchRoute,
  importRoute,
  handOverRoute,
  approvalsRoute,
  approvalRoute,
  formsRoute,
  formRoute,
  poolsRoute,
  receivablesRoute,
  forecastRoute,
  commissionRoute,
  lossesRoute,
] as const;
