/** Commission on the pages of records: the rules of a plan, the way of a run, a statement with its lines. */
import { type ComponentType, lazy } from "react";
import { loadTexts } from "@/lib/i18n";
import { extendRecordPage, type RecordPartProps } from "@/records/page/extensions";

const part = (load: () => Promise<ComponentType<RecordPartProps>>) =>
  lazy(async () => {
    const [found] = await Promise.all([load(), loadTexts("areas/commission")]);
    return { default: found };
  });

const PlanBanner = part(() => import("./banners").then((module) => module.PlanBanner));
const RunBanner = part(() => import("./banners").then((module) => module.RunBanner));
const StatementBanner = part(() => import("./banners").then((module) => module.StatementBanner));
const Rules = part(() => import("./rules-tab").then((module) => module.RulesTab));
const Lines = part(() => import("./lines-tab").then((module) => module.LinesTab));

export function registerCommission(): void {
  extendRecordPage("commission_plan", {
    Banner: PlanBanner,
    tabs: [
      {
        key: "rules",
        title: "page.tab_commission_rules",
        instead: "commission_line",
        field: "definition",
        Panel: Rules,
      },
    ],
  });
  extendRecordPage("commission_run", { Banner: RunBanner });
  extendRecordPage("commission_statement", {
    Banner: StatementBanner,
    tabs: [{ key: "lines", title: "page.tab_commission_lines", instead: "commission_line", Panel: Lines }],
  });
}
