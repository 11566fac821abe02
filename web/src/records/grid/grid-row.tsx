/** One line of records. Plain elements only: a screen full of them is drawn on every step of scrolling. */
import clsx from "clsx";
import { Lock, Maximize2 } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { Language, RecordRow } from "@/api/types";
import { shownKind } from "../field-kinds/shown-kind";
import type { CellState, CellStates } from "../query/cell-edits";
import classes from "./grid.module.css";
import type { GridColumn } from "./grid-columns";

export type RowProps = {
  line: number;
  number: number;
  top: number;
  height: number;
  row: RecordRow | undefined;
  columns: GridColumn[];
  /** Indices of the columns on screen. */
  shown: number[];
  language: Language;
  href: string | null;
  selected: boolean;
  /** Column of the cursor, -1 when it is on another line. */
  focus: number;
  /** First and last selected column, -1 when the range does not touch the line. */
  left: number;
  right: number;
  states: CellStates | undefined;
  /** Stands in the cell of the cursor while it is edited. */
  editor: ReactNode;
  openLabel: string;
  selectLabel: string;
  lockedLabel: string;
};

export const cellId = (line: number, column: number) => `cell-${line}-${column}`;

export const GridRow = memo(function GridRow(props: RowProps) {
  const { line, number, top, height, row, columns, shown, selected } = props;
  return (
    <div
      role="row"
      aria-rowindex={line + 2}
      aria-selected={selected}
      className={clsx(classes.row, selected && classes.selectedRow)}
      style={{ transform: `translateY(${top}px)`, height }}
      data-line={line}
    >
      <div role="rowheader" className={classes.gutter}>
        {row && (
          <>
            <span className={classes.number}>{number}</span>
            <input
              type="checkbox"
              tabIndex={-1}
              className={classes.check}
              checked={selected}
              readOnly
              aria-label={props.selectLabel}
              data-select
            />
            <a
              className={classes.open}
              href={props.href ?? undefined}
              tabIndex={-1}
              aria-label={props.openLabel}
              data-open
            >
              <Maximize2 size={13} aria-hidden />
            </a>
          </>
        )}
      </div>
      {shown.map((at) => {
        const column = columns[at];
        return column && <Cell key={column.path} {...props} column={column} at={at} />;
      })}
    </div>
  );
});

function Cell({
  line,
  row,
  column,
  at,
  focus,
  left,
  right,
  states,
  editor,
  href,
  language,
  lockedLabel,
}: RowProps & {
  column: GridColumn;
  at: number;
}) {
  const { field, path, pinned } = column;
  const active = focus === at;
  const state = states?.[path];
  const value = row?.[path];
  const kind = shownKind(field, value);
  return (
    <div
      role="gridcell"
      id={cellId(line, at)}
      aria-colindex={at + 2}
      aria-readonly={!column.editable}
      className={clsx(
        classes.cell,
        pinned && classes.pinned,
        active && classes.active,
        at >= left && at <= right && classes.inRange,
      )}
      style={
        pinned
          ? { width: column.width, left: column.left }
          : { width: column.width, left: column.left, position: "absolute" }
      }
      data-align={column.kind.align}
      data-state={state?.status}
      data-column={at}
      title={state ? stateTitle(state) : undefined}
    >
      {!row ? (
        <span className={classes.bone} />
      ) : active && editor ? (
        editor
      ) : (
        <>
          {!kind.isEmpty(value) &&
            (at === 0 && href ? (
              <a className={classes.link} href={href} tabIndex={-1} data-open>
                <kind.Display value={value} field={field} language={language} linked={false} />
              </a>
            ) : (
              <kind.Display value={value} field={field} language={language} linked={false} />
            ))}
          {active && !column.editable && (
            <Lock size={12} className={classes.lock} role="img" aria-label={lockedLabel} />
          )}
        </>
      )}
    </div>
  );
}

const stateTitle = (state: CellState) => (state.status === "failed" ? state.message : undefined);
