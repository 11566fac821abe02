/** The cursor of a grid, its keys, and the edits they lead to. */
import { type KeyboardEvent, useCallback, useMemo, useState } from "react";
import type { RecordRow } from "@/api/types";
import { isMask } from "../field-kinds/shown-kind";
import type { CommitMove } from "../field-kinds/types";
import type { CellEdits } from "../query/cell-edits";
import { planClear } from "./clipboard";
import {
  afterCommit,
  type Bounds,
  type Cell,
  cursorAt,
  type GridCommand,
  type GridCursor,
  moveTo,
  onKey,
  rangeOf,
} from "./cursor";
import type { GridColumn } from "./grid-columns";
import type { Lines } from "./lines";

type Options = {
  lines: Lines;
  columns: GridColumn[];
  page: number;
  edits: CellEdits;
  rowAt(line: number): RecordRow | undefined;
  /** Commands that are not about cells: opening, selecting, groups. */
  onCommand(command: GridCommand, line: number): void;
  onMoved(cell: Cell): void;
};

export function useGridKeys({ lines, columns, page, edits, rowAt, onCommand, onMoved }: Options) {
  const [cursor, setCursor] = useState<GridCursor>(() => cursorAt(0, 0));
  const bounds: Bounds = useMemo(
    () => ({ lines: lines.count, columns: columns.length, page }),
    [lines.count, columns.length, page],
  );
  const range = useMemo(() => rangeOf(cursor), [cursor]);

  const go = useCallback(
    (next: GridCursor) => {
      setCursor(next);
      onMoved(next.focus);
    },
    [onMoved],
  );

  const canEdit = ({ line, column }: Cell) => {
    const row = rowAt(line);
    const at = columns[column];
    return Boolean(at?.editable && row && !isMask(at.field, row[at.path]));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (cursor.editing || event.target !== event.currentTarget) return;
    const pressed = {
      key: event.key,
      ctrl: event.ctrlKey || event.metaKey,
      shift: event.shiftKey,
      alt: event.altKey,
      composing: event.nativeEvent.isComposing,
    };
    const step = onKey(cursor, pressed, bounds);
    if (!step) return;
    const opens = step.cursor.editing !== null;
    // The input method writes into the editor that this key opens.
    if (event.key !== "Process") event.preventDefault();
    if (opens && !canEdit(cursor.focus)) {
      if (step.command) onCommand(step.command, cursor.focus.line);
      return;
    }
    go(step.cursor);
    if (step.command === "clear") void edits.edit(planClear(range, rowAt, columns));
    else if (step.command && !opens) onCommand(step.command, cursor.focus.line);
  };

  const select = useCallback(
    (cell: Cell, extend: boolean) => setCursor((now) => moveTo(now, cell, bounds, extend)),
    [bounds],
  );
  const edit = (cell: Cell) => {
    if (canEdit(cell)) setCursor({ ...cursorAt(cell.line, cell.column), editing: {} });
  };
  const commit = (value: unknown, move: CommitMove) => {
    const row = rowAt(cursor.focus.line);
    const path = columns[cursor.focus.column]?.path;
    if (row && path && value !== undefined) void edits.edit([{ id: row.id, values: { [path]: value } }]);
    go(afterCommit(cursor, move, bounds));
  };
  const cancel = () => setCursor({ ...cursor, editing: null });
  return { cursor, range, onKeyDown, select, edit, commit, cancel };
}
