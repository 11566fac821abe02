/** The forecast of a node: what the methods say of it, those below it, and who thinks otherwise. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ForecastPage, ForecastRow } from "@/api/types";
import { formatDateTime, formatMoney, formatMoneyShort } from "@/lib/format";
import { AdjustDialog } from "./adjust-dialog";
import { dealsHref, overdueHref } from "./deals-href";
import classes from "./forecast.module.css";
import { ForecastTable } from "./forecast-table";
import type { Go } from "./trail";

export function ForecastTab({ page, go }: { page: ForecastPage; go: Go }) {
  const { t } = useTranslation();
  const [adjusted, setAdjusted] = useState<ForecastRow | null>(null);
  const { node, methods, currency } = page;
  const short = (amount: string) => formatMoneyShort({ amount, currency });
  const full = (amount: string) => formatMoney({ amount, currency });
  const figures = [
    {
      key: "forecast",
      value: node.forecast,
      note: node.adjustment
        ? t("forecast.over_below", { below: short(node.below) })
        : node.below === node.computed
          ? t("forecast.as_computed")
          : t("forecast.adjusted_below", { computed: short(node.computed) }),
    },
    {
      key: "won",
      value: node.won,
      note: node.target
        ? t("forecast.of_target", { target: short(node.target), share: node.attainment ?? "—" })
        : t("forecast.deals", { count: node.won_count }),
    },
    { key: "weighted", value: methods.weighted, note: t("forecast.weighted_help") },
    { key: "run_rate", value: methods.run_rate, note: t("forecast.run_rate_help") },
    {
      key: "model",
      value: methods.model.middle,
      note: t("forecast.between", { low: short(methods.model.low), high: short(methods.model.high) }),
    },
  ];
  return (
    <>
      <dl className={classes.figures}>
        {figures.map(({ key, value, note }) => (
          <div key={key} className={classes.figure}>
            <dt>{t(`forecast.figure_${key}`)}</dt>
            <dd title={full(value)}>{short(value)}</dd>
            <dd className={classes.quiet}>{note}</dd>
          </div>
        ))}
      </dl>
      {page.overdue.count > 0 && (
        <p className={classes.notice}>
          {t("forecast.overdue", { count: page.overdue.count, amount: full(page.overdue.amount) })}{" "}
          {node.place.kind !== "department" && (
            <a href={overdueHref(page)} className={classes.link}>
              {t("forecast.show_deals")}
            </a>
          )}
        </p>
      )}
      <ForecastTable
        page={page}
        go={go}
        onAdjust={setAdjusted}
        hrefOf={(row, key) => dealsHref(page, row, key)}
      />
      {page.history.length > 0 && (
        <section className={classes.section} aria-label={t("forecast.history")}>
          <h2>{t("forecast.history")}</h2>
          <ul className={classes.history}>
            {page.history.map((one) => (
              <li key={one.id}>
                <strong>{one.amount === null ? t("forecast.taken_back") : full(one.amount)}</strong>
                <span>{one.reason}</span>
                <span className={classes.quiet}>
                  {t("forecast.by_at", { name: one.by?.title ?? "—", at: formatDateTime(one.at) })}
                  {one.computed !== null && ` · ${t("forecast.over_below", { below: full(one.computed) })}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {adjusted && <AdjustDialog page={page} row={adjusted} onClose={() => setAdjusted(null)} />}
    </>
  );
}
