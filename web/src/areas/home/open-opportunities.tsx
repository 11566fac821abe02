/** Open opportunities by stage: how many, worth how much. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { GroupResult, RecordRow, Reference } from "@/api/types";
import { formatMoneyShort, formatNumber } from "@/lib/format";
import { useMe } from "@/lib/me";
import { groupRecords, queryRecords, recordKeys } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import { EmptyState } from "@/ui/states";
import { Card } from "./card";
import classes from "./home-page.module.css";
import { asMoney, byStage, STAGES } from "./questions";
import type { Viewpoint } from "./whose";

export interface StageSum {
  id: string;
  name: string;
  count: number;
  amount: { amount: string; currency: string };
}

/** Groups in the order of their stages; a stage without opportunities does not appear. */
export function stageSums(groups: GroupResult["groups"], stages: RecordRow[], currency: string): StageSum[] {
  const order = new Map(stages.map((stage, index) => [stage.id, index]));
  return groups
    .map(({ keys, count, values }) => {
      const stage = keys[0] as Reference | null;
      return {
        id: stage?.id ?? "",
        name: stage?.title ?? "—",
        count,
        amount: asMoney(values[0], currency),
      };
    })
    .sort(
      (a, b) => (order.get(a.id) ?? Number.MAX_SAFE_INTEGER) - (order.get(b.id) ?? Number.MAX_SAFE_INTEGER),
    );
}

export function OpenOpportunities({ view }: { view: Viewpoint }) {
  const { t } = useTranslation();
  const { workspace } = useMe();
  const stages = useQuery({
    queryKey: recordKeys.page("stage", STAGES),
    queryFn: ({ signal }) => queryRecords("stage", STAGES, signal),
  });
  const request = byStage(view.filter);
  const query = useQuery({
    queryKey: recordKeys.group("opportunity", request),
    queryFn: ({ signal }) => groupRecords("opportunity", request, signal),
  });
  return (
    <Card
      title={t(view.whose === "mine" ? "home.my_opportunities" : "home.department_opportunities")}
      query={query}
      more={
        <Link
          className={classes.more}
          to="/w/$ws/o/$object"
          params={{ ws: currentWorkspace(), object: "opportunity" }}
        >
          {t("home.all")}
        </Link>
      }
    >
      {({ groups }) => {
        const sums = stageSums(groups, stages.data?.rows ?? [], workspace.currency);
        const most = Math.max(1, ...sums.map((sum) => Number(sum.amount.amount)));
        if (sums.length === 0) {
          return (
            <EmptyState compact title={t("home.no_opportunities")}>
              {t("home.no_opportunities_text")}
            </EmptyState>
          );
        }
        return sums.map((sum) => (
          <div key={sum.id} className={classes.stage}>
            <span className={classes.grow} title={sum.name}>
              {sum.name}
            </span>
            <span className={classes.track}>
              <span
                className={classes.bar}
                style={{ width: `${(Number(sum.amount.amount) / most) * 100}%` }}
              />
            </span>
            <span className={classes.number}>{formatNumber(sum.count)}</span>
            <span className={classes.number}>{formatMoneyShort(sum.amount)}</span>
          </div>
        ));
      }}
    </Card>
  );
}
