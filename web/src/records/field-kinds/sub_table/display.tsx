/** The lines of a record as a table with totals. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { RowsSkeleton } from "@/ui/states";
import { RecordLink } from "../../lookup/record-link";
import { fieldKind } from "..";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { lineColumns, lineObject, linesQuery } from "./lines";
import { TotalsRow } from "./totals-row";

export default function SubTableDisplay({ field, record, language, linked = true }: DisplayProps) {
  const { t } = useTranslation();
  const child = useObject(lineObject(field));
  const columns = child ? lineColumns(field, child) : [];
  const { data: lines = [], isLoading } = useQuery({
    ...linesQuery(field, columns, record?.id ?? ""),
    enabled: Boolean(child && record),
  });
  if (!child || !record) return null;
  if (isLoading) return <RowsSkeleton rows={2} />;
  if (lines.length === 0) return <span className={classes.hint}>{t("field-kinds.no_lines")}</span>;
  return (
    <div className={classes.linesScroll}>
      <table className={classes.lines}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} data-align={fieldKind(column.kind).align}>
                {label(column.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              {columns.map((column) => {
                const kind = fieldKind(column.kind);
                const shown = !kind.isEmpty(line[column.key]) && (
                  <kind.Display value={line[column.key]} field={column} language={language} linked={false} />
                );
                return (
                  <td key={column.key} data-align={kind.align}>
                    {linked && column.key === child.title ? (
                      <RecordLink object={child.key} id={line.id} className={classes.link}>
                        {shown}
                      </RecordLink>
                    ) : (
                      shown
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <TotalsRow field={field} columns={columns} lines={lines} language={language} />
      </table>
    </div>
  );
}
