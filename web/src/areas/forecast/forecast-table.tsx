/** The node and those directly below it, figure by figure. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ForecastPage, ForecastRow } from "@/api/types";
import { formatMoney, formatPercent } from "@/lib/format";
import type { Column } from "./deals-href";
import classes from "./forecast.module.css";
import { addressOf, type Go, usePlaceName } from "./trail";

const COLUMNS: Column[] = ["won", "commit", "best_case", "pipeline", "omitted", "weighted"];

interface TableProps {
  page: ForecastPage;
  go: Go;
  onAdjust(row: ForecastRow): void;
  hrefOf(row: ForecastRow, column: Column): string | null;
}

export function ForecastTable({ page, go, onAdjust, hrefOf }: TableProps) {
  const { t } = useTranslation();
  const name = usePlaceName();
  const money = (amount: string) => (Number(amount) ? formatMoney({ amount, currency: page.currency }) : "—");
  const line = (row: ForecastRow, sum: boolean) => (
    <tr key={`${row.place.kind} ${row.place.id}`} className={sum ? classes.sum : undefined}>
      <th scope="row">
        {sum || row.place.kind === "nobody" ? (
          name(row.place)
        ) : (
          <button type="button" className={classes.linkButton} onClick={() => go(addressOf(row.place))}>
            {name(row.place)}
          </button>
        )}
        {!row.whole && !sum && <span className={classes.below}>{t("forecast.not_whole")}</span>}
      </th>
      {COLUMNS.map((column) => {
        const href = Number(row[column]) ? hrefOf(row, column) : null;
        return (
          <td key={column} className={classes.number}>
            {href ? (
              <a href={href} className={classes.link}>
                {money(row[column])}
              </a>
            ) : (
              money(row[column])
            )}
          </td>
        );
      })}
      <td className={classes.number}>
        <strong>{money(row.forecast)}</strong>
        {row.adjustment ? (
          <span className={classes.below} title={row.adjustment.reason}>
            {t("forecast.over_below", { below: money(row.below) })}
          </span>
        ) : (
          row.below !== row.computed && (
            <span className={classes.below}>{t("forecast.computed", { computed: money(row.computed) })}</span>
          )
        )}
      </td>
      <td className={classes.number}>
        {row.target === null ? "—" : money(row.target)}
        {row.attainment !== null && <span className={classes.below}>{formatPercent(row.attainment)}</span>}
      </td>
      <td className={classes.tool}>
        {row.may_adjust && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t("forecast.adjust_of", { name: name(row.place) })}
            onClick={() => onAdjust(row)}
          >
            {t("forecast.adjust")}
          </Button>
        )}
      </td>
    </tr>
  );
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("forecast.who")}</th>
            {COLUMNS.map((column) => (
              <th key={column} className={classes.number}>
                {t(`forecast.column_${column}`)}
              </th>
            ))}
            <th className={classes.number}>{t("forecast.column_forecast")}</th>
            <th className={classes.number}>{t("forecast.column_target")}</th>
            <th className={classes.tool}>
              <span className={classes.hidden}>{t("forecast.adjust")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => line(row, false))}
          {line(page.node, true)}
        </tbody>
      </table>
    </div>
  );
}
