/** The record grid: virtual lines and columns, a cursor, edits in place, groups and totals. */
import { useCallback, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Language, RecordRow, Sort } from "@/api/types";
import type { CommitMove } from "../field-kinds/types";
import type { CellEdits } from "../query/cell-edits";
import type { Column } from "../query/columns";
import { groupDefaults } from "../query/groups";
import type { Density } from "../query/list-state";
import type { Aggregate } from "../query/totals";
import type { GroupedRows } from "../query/use-sections";
import { CellProblem } from "./cell-problem";
import type { GridCommand } from "./cursor";
import classes from "./grid.module.css";
import { totalWidth, useGridColumns } from "./grid-columns";
import { GridFooter } from "./grid-footer";
import { GridHeader } from "./grid-header";
import { GridLines } from "./grid-lines";
import { cellId } from "./grid-row";
import { type ColumnCommands, HeaderMenu } from "./header-menu";
import { EVERYTHING, NOTHING, type Selection, selectRange, toggleRow } from "./selection";
import { useGridClipboard } from "./use-grid-clipboard";
import { useGridKeys } from "./use-grid-keys";
import { useGridMouse } from "./use-grid-mouse";
import { useGridWindow } from "./use-grid-window";
import { useLines } from "./use-lines";

const ROW_HEIGHTS: Record<Density, number> = { compact: 32, default: 36, comfortable: 44 };
/** Lines a Page key moves. */
const PAGE_LINES = 15;

export type RecordGridProps = {
  object: CatalogObject;
  /** What the grid is called by assistive technology. */
  label: string;
  columns: Column[];
  sort: Sort[];
  density: Density;
  rows: GroupedRows;
  aggregates: Aggregate[];
  edits: CellEdits;
  selection: Selection;
  onSelection(selection: Selection): void;
  commands: ColumnCommands;
  onResize(path: string, width: number): void;
  onMove(path: string, before: string | null): void;
  onOpen(row: RecordRow): void;
  hrefOf(row: RecordRow): string;
  /** Absent when the member may not create records. */
  onNew?: (values: Record<string, unknown>) => void;
};

export function RecordGrid(props: RecordGridProps) {
  const { object, rows, edits, selection, onSelection, aggregates, onNew } = props;
  const { i18n } = useTranslation();
  const language = i18n.language as Language;
  const scroller = useRef<HTMLDivElement>(null);
  const height = ROW_HEIGHTS[props.density];
  const columns = useGridColumns(object, props.columns, language);
  const [menu, setMenu] = useState<{ path: string; anchor: DOMRect } | null>(null);
  useSyncExternalStore(edits.subscribe, edits.getVersion);

  const lines = useLines(rows, Boolean(onNew));
  const { visible, shown, bodyHeight, reveal } = useGridWindow(scroller, lines, columns, height);
  const rowAt = useCallback(
    (line: number) => {
      const found = lines.at(line);
      return found?.kind === "row" ? found.section.store?.rowAt(found.index) : undefined;
    },
    [lines],
  );
  const open = (line: number) => {
    const row = rowAt(line);
    if (row) props.onOpen(row);
  };
  const toggle = (line: number, from: number | null) => {
    const row = rowAt(line);
    if (!row) return;
    const loaded = rows.stores.flatMap((store) => store.loadedIds());
    if (from === null) return onSelection(toggleRow(selection, row.id, loaded));
    const [top, bottom] = [Math.min(from, line), Math.max(from, line)];
    const between = Array.from({ length: bottom - top + 1 }, (_, at) => rowAt(top + at)?.id ?? []);
    onSelection(selectRange(selection, between.flat(), row.id));
  };
  const newIn = (section: string) => {
    const group = rows.groups.find((each) => each.key === section);
    onNew?.(rows.grouping && group ? groupDefaults(rows.grouping.by, group.value) : {});
  };
  const onCommand = (command: GridCommand, at: number) => {
    const line = lines.at(at);
    const isOpen = line?.section.store !== null;
    if (command === "select-all") onSelection(EVERYTHING);
    else if (line?.kind === "row" && command === "toggle-row") toggle(at, null);
    else if (line?.kind === "row" && command === "peek") open(at);
    else if (line?.kind === "new" && command === "activate") newIn(line.section.key);
    else if (
      line?.kind === "group" &&
      (command === "activate" || command === (isOpen ? "collapse" : "expand"))
    ) {
      rows.toggle(line.section.key);
    }
  };
  const keys = useGridKeys({ lines, columns, page: PAGE_LINES, edits, rowAt, onCommand, onMoved: reveal });
  const { cursor, range } = keys;
  const clipboard = useGridClipboard(range, rowAt, columns, language, edits);
  const mouse = useGridMouse({ scroller, cursor, select: keys.select, edit: keys.edit, toggle, open });
  const focusGrid = () => scroller.current?.focus({ preventScroll: true });

  const width = totalWidth(columns);
  const focused = columns[cursor.focus.column];
  const focusedRow = rowAt(cursor.focus.line);
  const problem = focusedRow && focused ? edits.stateOf(focusedRow.id, focused.path) : undefined;
  const onMenu = useCallback(
    (column: { path: string }, anchor: DOMRect) => setMenu({ path: column.path, anchor }),
    [],
  );
  const onSelectAll = useCallback(
    () => onSelection(selection.all ? NOTHING : EVERYTHING),
    [onSelection, selection.all],
  );
  const menuColumn = menu && columns.find((column) => column.path === menu.path);
  const activeColumn = lines.at(cursor.focus.line)?.kind === "row" ? cursor.focus.column : 0;

  return (
    <>
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        className={classes.grid}
        aria-label={props.label}
        aria-rowcount={lines.count + 2}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-activedescendant={lines.count > 0 ? cellId(cursor.focus.line, activeColumn) : undefined}
        onKeyDown={keys.onKeyDown}
        {...mouse}
        {...(cursor.editing ? {} : clipboard)}
      >
        <GridHeader
          columns={columns}
          shown={shown}
          sort={props.sort}
          width={width}
          allSelected={selection.all}
          someSelected={selection.ids.size > 0}
          onSelectAll={onSelectAll}
          onMenu={onMenu}
          onResize={props.onResize}
          onMove={props.onMove}
        />
        <div role="rowgroup" className={classes.body} style={{ height: bodyHeight, width }}>
          <GridLines
            object={object.key}
            visible={visible}
            height={height}
            lines={lines}
            rows={rows}
            columns={columns}
            shown={shown}
            language={language}
            cursor={cursor}
            range={range}
            edits={edits}
            selection={selection}
            aggregates={aggregates}
            hrefOf={props.hrefOf}
            onCommit={(value: unknown, move: CommitMove) => {
              keys.commit(value, move);
              focusGrid();
            }}
            onCancel={() => {
              keys.cancel();
              focusGrid();
            }}
            onNewIn={onNew && newIn}
          />
          {focused && focusedRow && (problem?.status === "failed" || problem?.status === "conflict") && (
            <CellProblem
              column={focused}
              state={problem}
              top={(cursor.focus.line + 1) * height}
              language={language}
              onKeepMine={() => void edits.keepMine(focusedRow.id, focused.path)}
              onDismiss={() => edits.dismiss(focusedRow.id, focused.path)}
            />
          )}
        </div>
        {aggregates.length > 0 && (
          <GridFooter
            columns={columns}
            shown={shown}
            width={width}
            line={lines.count}
            aggregates={aggregates}
            values={rows.totals?.values ?? []}
            language={language}
          />
        )}
      </div>
      {menuColumn && (
        <HeaderMenu
          column={menuColumn}
          anchor={menu.anchor}
          sort={props.sort}
          first={columns[0] === menuColumn}
          commands={props.commands}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}
