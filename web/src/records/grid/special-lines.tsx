/** Lines that are not records: the heading of a group, and the one that adds a record. */
import clsx from "clsx";
import { ChevronRight, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Field, Language } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { useMe } from "@/lib/me";
import { fieldKind } from "../field-kinds";
import { groupText } from "../query/groups";
import type { GroupBy } from "../query/list-state";
import { type Aggregate, formatTotal, totalHint } from "../query/totals";
import type { GroupSection } from "../query/use-sections";
import classes from "./grid.module.css";
import type { GridColumn } from "./grid-columns";
import { cellId } from "./grid-row";

type LineProps = { line: number; top: number; height: number; active: boolean };

export function GroupLine({
  line,
  top,
  height,
  active,
  group,
  by,
  field,
  columns,
  aggregates,
  language,
  onToggle,
  onNew,
}: LineProps & {
  group: GroupSection;
  by: GroupBy;
  field: Field;
  columns: GridColumn[];
  aggregates: Aggregate[];
  language: Language;
  onToggle(): void;
  onNew?: () => void;
}) {
  const { t } = useTranslation();
  const kind = fieldKind(field.kind);
  const words = groupText(by, field, group.value, language, useMe().workspace.fiscal_month);
  const name = words || t("grid.group_none");
  return (
    <div
      role="row"
      aria-rowindex={line + 2}
      className={clsx(classes.row, classes.groupRow)}
      style={{ transform: `translateY(${top}px)`, height }}
      data-line={line}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        id={cellId(line, 0)}
        data-column={0}
        className={clsx(classes.groupCell, active && classes.active)}
      >
        <button
          type="button"
          className={classes.groupToggle}
          aria-expanded={group.store !== null}
          tabIndex={-1}
          onClick={onToggle}
          aria-label={t(group.store ? "grid.collapse" : "grid.expand", { name })}
        >
          <ChevronRight
            size={14}
            className={classes.chevron}
            data-expanded={group.store !== null || undefined}
            aria-hidden
          />
        </button>
        <span className={classes.groupName}>
          {words && !by.bucket ? (
            <kind.Display value={group.value} field={field} language={language} linked={false} />
          ) : (
            name
          )}
        </span>
        <span className={classes.groupCount}>{formatNumber(group.count)}</span>
        {aggregates.map((aggregate, at) => {
          const column = columns.find((each) => each.path === aggregate.field);
          const text = column && formatTotal(aggregate, column.field, group.values[at], language);
          return text ? (
            <span
              key={aggregate.field}
              className={classes.groupTotal}
              title={column && totalHint(column.field, group.values[at])}
            >
              {column.label} <b>{text}</b>
            </span>
          ) : null;
        })}
        {onNew && (
          <button type="button" className={classes.groupNew} tabIndex={-1} onClick={onNew}>
            <Plus size={13} aria-hidden /> {t("grid.new")}
          </button>
        )}
      </div>
    </div>
  );
}

export function NewLine({ line, top, height, active, onNew }: LineProps & { onNew(): void }) {
  const { t } = useTranslation();
  return (
    <div
      role="row"
      aria-rowindex={line + 2}
      className={clsx(classes.row, classes.newRow)}
      style={{ transform: `translateY(${top}px)`, height }}
      data-line={line}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        id={cellId(line, 0)}
        data-column={0}
        className={clsx(classes.newCell, active && classes.active)}
      >
        <button type="button" className={classes.newButton} tabIndex={-1} onClick={onNew}>
          <Plus size={14} aria-hidden /> {t("grid.new")}
        </button>
      </div>
    </div>
  );
}
