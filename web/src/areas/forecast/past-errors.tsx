/** How good earlier forecasts were: what each method said week by week, against what came. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { RecordedPeriod } from "@/api/types";
import { formatMoneyShort } from "@/lib/format";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./forecast.module.css";
import { type Asked, errorsQuery } from "./requests";

const METHODS = ["forecast", "weighted", "run_rate", "model"] as const;

const signed = (text: string) => (Number(text) > 0 ? `+${text}%` : `${text}%`);

export function PastErrors({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const found = useQuery(errorsQuery(asked));
  if (found.isError) return <ErrorState error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <RowsSkeleton rows={8} height={40} />;
  const { whole, methods, periods, within, currency } = found.data;
  if (!whole)
    return (
      <EmptyState title={t("forecast.errors_not_whole")}>{t("forecast.errors_not_whole_text")}</EmptyState>
    );
  if (periods.every(({ weeks }) => weeks.length === 0))
    return <EmptyState title={t("forecast.no_snapshots")}>{t("forecast.no_snapshots_text")}</EmptyState>;
  return (
    <>
      <p className={classes.quiet}>{t("forecast.errors_help")}</p>
      <dl className={classes.figures}>
        {methods.map(({ method, off, lean, weeks }) => (
          <div key={method} className={classes.figure}>
            <dt>{t(`forecast.figure_${method}`)}</dt>
            <dd>{off === null ? "—" : `±${off}%`}</dd>
            <dd className={classes.quiet}>
              {lean === null
                ? t("forecast.nothing_past")
                : t("forecast.lean", { lean: signed(lean), count: weeks })}
            </dd>
          </div>
        ))}
        {within !== null && (
          <div className={classes.figure}>
            <dt>{t("forecast.within")}</dt>
            <dd>{within}%</dd>
            <dd className={classes.quiet}>{t("forecast.within_help")}</dd>
          </div>
        )}
      </dl>
      {periods
        .filter(({ weeks }) => weeks.length > 0)
        .map((one) => (
          <Recorded key={one.period.begins} recorded={one} currency={currency} />
        ))}
    </>
  );
}

function Recorded({ recorded, currency }: { recorded: RecordedPeriod; currency: string }) {
  const { t } = useTranslation();
  const { period, over, came, weeks } = recorded;
  const short = (amount: string) => formatMoneyShort({ amount, currency });
  return (
    <section className={classes.section} aria-label={period.name}>
      <h2>
        {period.name}{" "}
        <span className={classes.quiet}>
          {t(over ? "forecast.came" : "forecast.so_far", { came: short(came) })}
        </span>
      </h2>
      <div className={classes.frame}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t("forecast.week")}</th>
              {METHODS.map((method) => (
                <th key={method} className={classes.number}>
                  {t(`forecast.figure_${method}`)}
                </th>
              ))}
              <th className={classes.number}>{t("forecast.range")}</th>
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week.taken_on}>
                <th scope="row">{t("forecast.week_of", { week: week.week, day: week.taken_on })}</th>
                {METHODS.map((method) => (
                  <td key={method} className={classes.number}>
                    {short(week[method])}
                    {week.off[method] && <span className={classes.below}>{signed(week.off[method])}</span>}
                  </td>
                ))}
                <td className={classes.number}>
                  {short(week.model_low)} – {short(week.model_high)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
