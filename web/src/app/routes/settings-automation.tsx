/** Addresses of automation: the flows, one of them, and one of their runs. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "@/lib/i18n";
import { type Search, text } from "./root";
import { settingsRoute } from "./settings";

// The forms of steps are those of fields, conditions and formulas.
const loader = () => loadTexts("areas/automation", "builders");

const ALL_TABS = ["runs", "status", "secrets", "hooks"] as const;
const daysOf = (value: unknown) => (typeof value === "number" && value > 0 ? value : undefined);

const flowsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "automation",
  validateSearch: (
    search: Search,
  ): {
    tab?: "runs" | "status" | "secrets" | "hooks";
    flow?: string;
    state?: string;
    record?: string;
    days?: number;
  } => ({
    tab: ALL_TABS.find((tab) => tab === search.tab),
    flow: text(search.flow),
    state: text(search.state),
    record: text(search.record),
    days: daysOf(search.days),
  }),
  loader,
  component: lazyRouteComponent(() => import("@/areas/automation/flows-page"), "FlowsPage"),
});

const TABS = ["runs", "statistics", "versions", "backtest"] as const;

const flowRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "automation/$id",
  validateSearch: (
    search: Search,
  ): { tab?: (typeof TABS)[number]; state?: string; record?: string; days?: number } => ({
    tab: TABS.find((tab) => tab === search.tab),
    state: text(search.state),
    record: text(search.record),
    days: daysOf(search.days),
  }),
  loader,
  component: lazyRouteComponent(() => import("@/areas/automation/flow-page"), "FlowPage"),
});

const runRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "automation/runs/$id",
  loader,
  component: lazyRouteComponent(() => import("@/areas/automation/run-page"), "RunPage"),
});

export const automationPages = [flowsRoute, flowRoute, runRoute] as const;
