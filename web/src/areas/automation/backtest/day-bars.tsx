/** How many starts there would have been on each day, as bars. */
import { useTranslation } from "react-i18next";
import type { BacktestDay } from "@/api/types";
import { formatDate, formatNumber } from "@/lib/format";
import classes from "./backtest.module.css";

const DAY_MS = 86_400_000;

export function DayBars({
  days,
  since,
  until,
}: {
  days: readonly BacktestDay[];
  since: string;
  until: string;
}) {
  const { t } = useTranslation();
  const counted = new Map(days.map(({ day, counts }) => [day, counts.starts ?? 0]));
  const all = everyDay(days, since, until);
  const most = Math.max(1, ...counted.values());
  return (
    <figure className={classes.chart} aria-label={t("automation.backtest_per_day")}>
      <div className={classes.scale}>{formatNumber(most)}</div>
      <ol className={classes.bars}>
        {all.map((day) => {
          const count = counted.get(day) ?? 0;
          const says = t("automation.backtest_day", { day: formatDate(day), count });
          return (
            <li key={day} title={says}>
              <span
                className={classes.bar}
                style={{ height: `${(count / most) * 100}%` }}
                data-none={!count}
              />
              <span className={classes.hidden}>{says}</span>
            </li>
          );
        })}
      </ol>
      <div className={classes.ends}>
        <span>{formatDate(all[0])}</span>
        <span>{formatDate(all.at(-1))}</span>
      </div>
    </figure>
  );
}

/** The days of the stretch, those without a start as well. */
function everyDay(days: readonly BacktestDay[], since: string, until: string): string[] {
  const last = days.at(-1)?.day ?? until.slice(0, 10);
  const end = Math.max(Date.parse(last), Date.parse(until.slice(0, 10)));
  const begin = Math.min(Date.parse(days[0]?.day ?? last), Date.parse(since.slice(0, 10)) + DAY_MS);
  const found: string[] = [];
  for (let at = begin; at <= end; at += DAY_MS) found.push(new Date(at).toISOString().slice(0, 10));
  return found;
}
