/** Open opportunities by stage: how many, worth how much. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { GroupResult, MoneyValue, RecordRow, Reference } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { useMe } from "@/lib/me";
import { moneyParts, moneyPartsText, moneySumText } from "@/lib/money-sums";
import { groupRecords, queryRecords, recordKeys } from "@/lib/records";
import { EmptyState } from "@/ui/states";
import { Card } from "./card";
import classes from "./home-page.module.css";
import { More } from "./more";
import { byStage, open, STAGES } from "./questions";
import type { Viewpoint } from "./whose";

export interface StageSum {
  id: string;
  name: string;
  count: number;
  /** By currency. */
  amounts: MoneyValue[];
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
        amounts: moneyParts(values[0] ?? 0, currency),
      };
    })
    .sort(
      (a, b) => (order.get(a.id) ?? Number.MAX_SAFE_INTEGER) - (order.get(b.id) ?? Number.MAX_SAFE_INTEGER),
    );
}

/** How long each bar is, from 0 to 1: by worth where all is in one currency, else by number. */
export function barLengths(sums: readonly StageSum[]): number[] {
  const currencies = new Set(sums.flatMap(({ amounts }) => amounts.map(({ currency }) => currency)));
  const sizes = sums.map(({ amounts, count }) =>
    currencies.size > 1 ? count : Math.max(0, Number(amounts[0]?.amount ?? 0)),
  );
  const most = Math.max(1, ...sizes);
  return sizes.map((size) => size / most);
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
      more={<More object="opportunity" where={open(view.filter)} />}
    >
      {({ groups }) => {
        const sums = stageSums(groups, stages.data?.rows ?? [], workspace.currency);
        const lengths = barLengths(sums);
        if (sums.length === 0) {
          return (
            <EmptyState compact title={t("home.no_opportunities")}>
              {t("home.no_opportunities_text")}
            </EmptyState>
          );
        }
        return sums.map((sum, at) => (
          <div key={sum.id} className={classes.stage}>
            <span className={classes.grow} title={sum.name}>
              {sum.name}
            </span>
            <span className={classes.track}>
              <span className={classes.bar} style={{ width: `${(lengths[at] ?? 0) * 100}%` }} />
            </span>
            <span className={classes.number}>{formatNumber(sum.count)}</span>
            <span className={classes.number} title={moneyPartsText(sum.amounts)}>
              {moneySumText(sum.amounts, "short")}
            </span>
          </div>
        ));
      }}
    </Card>
  );
}
