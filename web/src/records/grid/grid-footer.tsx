/** The last line of the grid: the count, and per column what the server calculated over the whole set. */
import clsx from "clsx";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "@/api/types";
import { type Aggregate, formatTotal, totalHint } from "../query/totals";
import classes from "./grid.module.css";
import { type GridColumn, GUTTER } from "./grid-columns";

export const GridFooter = memo(function GridFooter({
  columns,
  shown,
  width,
  line,
  aggregates,
  values,
  language,
}: {
  columns: GridColumn[];
  shown: number[];
  width: number;
  line: number;
  aggregates: Aggregate[];
  values: unknown[];
  language: Language;
}) {
  const { t } = useTranslation();
  return (
    <div role="row" aria-rowindex={line + 2} className={classes.footer} style={{ width }}>
      <div
        role="rowheader"
        className={classes.gutter}
        style={{ width: GUTTER }}
        aria-label={t("grid.footer")}
      />
      {shown.map((at) => {
        const column = columns[at];
        if (!column) return null;
        const place = aggregates.findIndex((each) => each.field === column.path);
        const aggregate = aggregates[place];
        const text = aggregate ? formatTotal(aggregate, column.field, values[place], language) : "";
        return (
          <div
            key={column.path}
            role="gridcell"
            aria-colindex={at + 2}
            className={clsx(classes.footerCell, column.pinned && classes.pinned)}
            style={{
              width: column.width,
              left: column.left,
              position: column.pinned ? undefined : "absolute",
            }}
            data-align={column.kind.align}
          >
            {text && aggregate && (
              <span className={classes.total} title={totalHint(column.field, values[place]) ?? text}>
                <span className={classes.totalName}>{t(`grid.total_${aggregate.fn}`)}</span> {text}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
});
