/** The last row of a table of lines: what its columns add up to. */
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { fieldKind } from "..";
import type { KindField, Language } from "../types";
import { sumOf, totalColumns } from "./lines";

interface TotalsRowProps {
  field: KindField;
  columns: readonly Field[];
  lines: readonly Record<string, unknown>[];
  language: Language;
  /** Is there a column of buttons behind the others? */
  tools?: boolean;
}

export function TotalsRow({ field, columns, lines, language, tools }: TotalsRowProps) {
  const { t } = useTranslation();
  const summed = totalColumns(field, columns);
  if (!columns.some((column) => summed.has(column.key))) return null;
  return (
    <tfoot>
      <tr>
        {columns.map((column, at) => {
          const kind = fieldKind(column.kind);
          const total = summed.has(column.key) ? sumOf(column, lines) : null;
          const words = total === null ? "" : kind.toText(total, column, language);
          return (
            <td key={column.key} data-align={kind.align} data-total={column.key}>
              {words || (at === 0 ? t("field-kinds.total") : "")}
            </td>
          );
        })}
        {tools && <td />}
      </tr>
    </tfoot>
  );
}
