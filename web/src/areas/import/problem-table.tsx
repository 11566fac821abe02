/** The refused rows: number, column, value, and why. */
import { useTranslation } from "react-i18next";
import type { RefusedRow } from "@/api/types";
import { formatNumber } from "@/lib/format";
import classes from "./import.module.css";

export function ProblemTable({
  columns,
  rows,
  total,
}: {
  columns: string[];
  rows: RefusedRow[];
  total: number;
}) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.tableFrame} tabIndex={0} aria-label={t("import.problems")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("import.row")}</th>
            <th>{t("import.column")}</th>
            <th>{t("import.value")}</th>
            <th>{t("import.reason")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.flatMap(({ row, cells, errors }) =>
            errors.map((error) => (
              <tr key={`${row}-${error.column}-${error.code}`}>
                <td>{formatNumber(row)}</td>
                <td>{error.column}</td>
                <td>{cells[columns.indexOf(error.column)]}</td>
                <td className={classes.reason} title={error.message}>
                  {error.message}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
      {rows.length < total && (
        <p className={classes.more}>
          {t("import.first_problems", { shown: formatNumber(rows.length), total: formatNumber(total) })}
        </p>
      )}
    </section>
  );
}
