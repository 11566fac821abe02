/** Why opportunities were lost: by reason, stage, competitor, owner, product and month, each followed to its records. */
import { SegmentedControl, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Field, GroupResult } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { formatDate, formatNumber, formatPercent } from "@/lib/format";
import { label } from "@/lib/label";
import { useMe } from "@/lib/me";
import { moneyParts, moneyPartsText, moneySumText } from "@/lib/money-sums";
import { groupRecords, recordKeys } from "@/lib/records";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./losses.module.css";
import { behind, decided, type LossRow, losses, rowsOf, totals, winRate } from "./questions";
import { type LossSearch, PERIODS, type Period, SIDES, type Side } from "./search";

const DIGITS = 2;

export function LossesPage() {
  const { t } = useTranslation();
  const { period = "this_year", by = "reason" } = useSearch({ strict: false }) as LossSearch;
  const navigate = useNavigate();
  const go = (search: { period: Period; by: Side }) =>
    void navigate({ to: "/w/$ws/losses", params: { ws: currentWorkspace() }, search, replace: true });
  usePageTitle(t("losses.title"));
  return (
    <Page
      width={1040}
      header={
        <PageHeader
          title={t("losses.title")}
          actions={
            <Select
              aria-label={t("losses.period")}
              data={PERIODS.map((value) => ({ value, label: t(`losses.${value}`) }))}
              value={period}
              allowDeselect={false}
              onChange={(value) => value && go({ period: value as Period, by })}
            />
          }
        />
      }
    >
      <Figures period={period} />
      <SegmentedControl
        className={classes.sides}
        aria-label={t("losses.by")}
        data={SIDES.map((value) => ({ value, label: t(`losses.by_${value}`) }))}
        value={by}
        onChange={(value) => go({ period, by: value as Side })}
      />
      <Losses period={period} side={by} />
    </Page>
  );
}

function useGroups(object: string, request: ReturnType<typeof totals>) {
  return useQuery({
    queryKey: recordKeys.group(object, request),
    queryFn: ({ signal }) => groupRecords(object, request, signal),
  });
}

function Figures({ period }: { period: Period }) {
  const { t } = useTranslation();
  const { workspace } = useMe();
  const won = useGroups("opportunity", totals("won", period));
  const lost = useGroups("opportunity", totals("lost", period));
  const money = (found: GroupResult | undefined) =>
    moneyParts(found?.totals.values[0] ?? 0, workspace.currency);
  const rate = won.data && lost.data && winRate(won.data.totals.count, lost.data.totals.count);
  const days = won.data?.totals.values[1];
  return (
    <dl className={classes.figures}>
      <Figure name={t("losses.win_rate")} value={rate == null ? "—" : formatPercent(rate.toFixed(DIGITS))} />
      <Figure
        name={t("losses.days_to_win")}
        value={days == null ? "—" : t("losses.days", { days: formatNumber(Number(days).toFixed(DIGITS)) })}
      />
      {(
        [
          ["won", won],
          ["lost", lost],
        ] as const
      ).map(([status, found]) => (
        <Figure
          key={status}
          name={t(`losses.${status}`)}
          value={
            found.data ? (
              <DrillLink where={decided(status, period)}>{formatNumber(found.data.totals.count)}</DrillLink>
            ) : (
              "—"
            )
          }
          note={moneySumText(money(found.data), "short")}
          hint={moneyPartsText(money(found.data))}
        />
      ))}
    </dl>
  );
}

function Figure(props: { name: string; value: ReactNode; note?: string; hint?: string }) {
  return (
    <div className={classes.figure}>
      <dt>{props.name}</dt>
      <dd>
        {props.value}
        {props.note && (
          <span className={classes.note} title={props.hint}>
            {props.note}
          </span>
        )}
      </dd>
    </div>
  );
}

function Losses({ period, side }: { period: Period; side: Side }) {
  const { t } = useTranslation();
  const { workspace } = useMe();
  const { object, request } = losses(side, period);
  const query = useGroups(object, request);
  const opportunity = useObject("opportunity");
  const reason = opportunity && findField(opportunity, "loss_reason");
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return <RowsSkeleton rows={6} height={40} />;
  const rows = rowsOf(query.data.groups, side, workspace.currency);
  if (rows.length === 0) return <EmptyState title={t("losses.none")}>{t("losses.none_text")}</EmptyState>;
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t(`losses.by_${side}`)}</th>
            <th scope="col" className={classes.number}>
              {t("losses.count")}
            </th>
            <th scope="col" className={classes.wide} aria-hidden />
            <th scope="col" className={classes.number}>
              {t("losses.amount")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify(row.key)}>
              <th scope="row">
                <DrillLink where={behind(side, period, row.key)}>{nameOf(row, side, reason, t)}</DrillLink>
              </th>
              <td className={classes.number}>{formatNumber(row.count)}</td>
              <td className={classes.wide} aria-hidden>
                <span className={classes.bar} style={{ width: `${(row.count / most) * 100}%` }} />
              </td>
              <td className={classes.number} title={moneyPartsText(row.amounts)}>
                {moneySumText(row.amounts, "short") || "—"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {side === "competitor" && <p className={classes.hint}>{t("losses.competitors_hint")}</p>}
    </div>
  );
}

function DrillLink({ where, children }: { where: ReturnType<typeof decided>; children: ReactNode }) {
  return (
    <Link
      className={classes.link}
      to="/w/$ws/o/$object"
      params={{ ws: currentWorkspace(), object: "opportunity" }}
      search={{ type: "table", where }}
    >
      {children}
    </Link>
  );
}

function nameOf({ key }: LossRow, side: Side, reason: Field | undefined, t: (key: string) => string): string {
  if (key === null) return t("losses.not_given");
  if (typeof key === "object") return (key as { title?: string | null }).title ?? t("losses.unseen");
  if (side === "month") return formatDate(String(key)).replace(/[-/.]\d+$/, "");
  const options = (reason?.settings.options ?? []) as { key: string; label: Record<string, string> }[];
  const option = options.find((one) => one.key === key);
  return option ? label(option.label) : String(key);
}
