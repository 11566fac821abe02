/** How decisions at the steps of an approval go: how many, how long they take, what is rejected, what is late. */
import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NodeStatistics } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./automation.module.css";
import { statisticsQuery } from "./requests";

const SPANS = [30, 90, 365];

export function ApprovalStatistics({ flow }: { flow: string }) {
  const { t } = useTranslation();
  const [days, setDays] = useState(90);
  const found = useQuery(statisticsQuery(flow, days));
  return (
    <>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t("automation.span")}
          value={String(days)}
          onChange={(value) => setDays(Number(value))}
          data={SPANS.map((span) => ({
            value: String(span),
            label: t("automation.last_days", { count: span }),
          }))}
        />
      </div>
      {found.isError ? (
        <ErrorState error={found.error} onRetry={() => found.refetch()} />
      ) : !found.data ? (
        <RowsSkeleton rows={3} height={48} />
      ) : found.data.nodes.length === 0 ? (
        <EmptyState title={t("automation.no_statistics")}>{t("automation.no_statistics_text")}</EmptyState>
      ) : (
        <Figures nodes={found.data.nodes} />
      )}
    </>
  );
}

function Figures({ nodes }: { nodes: NodeStatistics[] }) {
  const { t } = useTranslation();
  const hours = (value: number | null) =>
    value === null
      ? "—"
      : value < 1
        ? t("automation.minutes_short", { minutes: formatNumber(Math.ceil(value * 60), 0) })
        : t("automation.hours_short", { hours: formatNumber(value, 1) });
  const share = ({ rejected, decided }: NodeStatistics) =>
    decided === 0 ? "—" : `${formatNumber((rejected / decided) * 100, 0)}%`;
  const columns: [string, (node: NodeStatistics) => string, "secondary"?][] = [
    ["decided", ({ decided }) => formatNumber(decided)],
    ["median", ({ median_hours }) => hours(median_hours)],
    ["average", ({ average_hours }) => hours(average_hours), "secondary"],
    ["rejection_rate", share],
    ["returned", ({ returned }) => formatNumber(returned), "secondary"],
    ["automatic", ({ automatic }) => formatNumber(automatic), "secondary"],
    ["decided_late", ({ late }) => formatNumber(late), "secondary"],
    ["waiting_now", ({ waiting }) => formatNumber(waiting)],
    ["overdue", ({ overdue }) => formatNumber(overdue)],
  ];
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("automation.step")}</th>
            {columns.map(([name, , rank]) => (
              <th key={name} className={rank && classes.secondary}>
                {t(`automation.statistics_${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.node}>
              <td className={classes.askedStep}>{node.label}</td>
              {columns.map(([name, shown, rank]) => (
                <td key={name} className={rank && classes.secondary}>
                  {shown(node)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
