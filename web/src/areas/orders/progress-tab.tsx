/** How much of each line of an order was shipped and invoiced, and what is left. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/lib/format";
import type { RecordPartProps } from "@/records/page/extensions";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./orders.module.css";
import { leftOf, ships } from "./quantities";
import { orderLinesQuery } from "./requests";

export function ProgressTab({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const found = useQuery(orderLinesQuery(record.id));
  if (found.isError) return <ErrorState compact error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <RowsSkeleton rows={4} height={36} />;
  if (found.data.length === 0) return <EmptyState title={t("orders.no_lines")} />;
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("orders.item")}</th>
            {["ordered", "cancelled", "shipped", "to_ship", "invoiced", "to_invoice"].map((key) => (
              <th key={key} className={classes.number}>
                {t(`orders.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.data.map((line) => (
            <tr key={line.id}>
              <td className={classes.name}>{line.name}</td>
              <td className={classes.number}>
                {formatNumber(line.quantity)} {line.unit?.title}
              </td>
              <td className={classes.number}>{formatNumber(line.cancelled_quantity ?? 0)}</td>
              <td className={classes.number}>
                {ships(line) ? formatNumber(line.shipped_quantity ?? 0) : "—"}
              </td>
              <td className={classes.number}>
                {ships(line) ? formatNumber(leftOf(line, "shipped_quantity")) : "—"}
              </td>
              <td className={classes.number}>{formatNumber(line.invoiced_quantity ?? 0)}</td>
              <td className={classes.number}>{formatNumber(leftOf(line, "invoiced_quantity"))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
