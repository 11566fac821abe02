/** What was open for the period on one day and on another, and every step in between. */
import { Select } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ForecastWaterfall, WaterfallStep } from "@/api/types";
import { formatMoney, formatMoneyShort, formatNumber } from "@/lib/format";
import { RecordLink } from "@/records/lookup/record-link";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./forecast.module.css";
import { type Asked, waterfallQuery } from "./requests";
import type { ForecastSearch } from "./search";
import type { Go } from "./trail";

const NOW = "now";

interface TabProps {
  asked: Asked;
  search: ForecastSearch;
  go: Go;
}

export function WaterfallTab({ asked, search, go }: TabProps) {
  const { t } = useTranslation();
  const found = useQuery({
    ...waterfallQuery(asked, search.since, search.until),
    placeholderData: keepPreviousData,
  });
  if (found.isError) return <ErrorState error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <RowsSkeleton rows={8} height={40} />;
  const { since, until, days } = found.data;
  if (since === null)
    return <EmptyState title={t("forecast.no_snapshots")}>{t("forecast.no_snapshots_text")}</EmptyState>;
  return (
    <>
      <div className={classes.tools}>
        <Select
          size="xs"
          aria-label={t("forecast.since")}
          data={days}
          value={since}
          allowDeselect={false}
          onChange={(day) => day && go({ since: day })}
        />
        <span aria-hidden>→</span>
        <Select
          size="xs"
          aria-label={t("forecast.until")}
          data={[
            ...days.filter((day) => day >= since).map((day) => ({ value: day, label: day })),
            { value: NOW, label: t("forecast.now") },
          ]}
          value={until ?? NOW}
          allowDeselect={false}
          onChange={(day) => go({ until: day === NOW ? undefined : (day ?? undefined) })}
        />
        <span className={classes.quiet}>{t("forecast.waterfall_help")}</span>
      </div>
      <Waterfall told={found.data} />
    </>
  );
}

interface Bar {
  key: string;
  from: number;
  to: number;
  step?: WaterfallStep;
}

function bars(told: ForecastWaterfall): Bar[] {
  let level = Number(told.opening);
  const made: Bar[] = [{ key: "opening", from: 0, to: level }];
  for (const step of told.steps) {
    if (step.count === 0) continue;
    made.push({ key: step.step, from: level, to: level + Number(step.amount), step });
    level += Number(step.amount);
  }
  return [...made, { key: "closing", from: 0, to: Number(told.closing) }];
}

function Waterfall({ told }: { told: ForecastWaterfall }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const shown = bars(told);
  const most = Math.max(1, ...shown.flatMap(({ from, to }) => [from, to]));
  const money = (amount: string | number) => formatMoney({ amount: String(amount), currency: told.currency });
  return (
    <ol className={classes.waterfall}>
      {shown.map(({ key, from, to, step }) => {
        const ends = !step;
        const amount = ends ? to : Number(step.amount);
        return (
          <li key={key}>
            <div className={classes.step}>
              <span className={classes.stepName}>
                {step ? (
                  <button
                    type="button"
                    className={classes.linkButton}
                    aria-expanded={open === key}
                    onClick={() => setOpen(open === key ? null : key)}
                  >
                    {t(`forecast.step_${key}`)}
                    <span className={classes.quiet}> {formatNumber(step.count)}</span>
                  </button>
                ) : (
                  <strong>{t(`forecast.step_${key}`)}</strong>
                )}
              </span>
              <span className={classes.track} aria-hidden>
                <span
                  data-kind={ends ? "end" : amount < 0 ? "less" : "more"}
                  style={{
                    insetInlineStart: `${(Math.min(from, to) / most) * 100}%`,
                    width: `${Math.max((Math.abs(to - from) / most) * 100, 0.4)}%`,
                  }}
                />
              </span>
              <span className={classes.stepAmount} title={money(ends ? to : (step?.amount ?? 0))}>
                {!ends && amount > 0 && "+"}
                {formatMoneyShort({
                  amount: ends ? (key === "opening" ? told.opening : told.closing) : step.amount,
                  currency: told.currency,
                })}
              </span>
            </div>
            {step && open === key && (
              <ul className={classes.deals}>
                {step.deals.map((deal) => (
                  <li key={`${deal.opportunity.id}`}>
                    <RecordLink object="opportunity" id={deal.opportunity.id} className={classes.link}>
                      {deal.opportunity.title ?? t("forecast.deleted_deal")}
                    </RecordLink>
                    <span>{money(deal.amount)}</span>
                  </li>
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ol>
  );
}
