/** The keyboard model of the grid: from where the cursor stands and which key was pressed to where it goes. */
import type { CommitMove } from "../field-kinds/types";

export type Cell = { line: number; column: number };
export type GridCursor = {
  focus: Cell;
  /** The other corner of the selected range; equal to `focus` when one cell is selected. */
  anchor: Cell;
  editing: { initialText?: string } | null;
};
export type Range = { top: number; bottom: number; left: number; right: number };
export type Bounds = { lines: number; columns: number; page: number };
export type GridCommand = "activate" | "clear" | "peek" | "toggle-row" | "select-all" | "collapse" | "expand";
export type Key = { key: string; ctrl?: boolean; shift?: boolean; alt?: boolean; composing?: boolean };
export type Step = { cursor: GridCursor; command?: GridCommand };

export const cursorAt = (line: number, column: number): GridCursor => ({
  focus: { line, column },
  anchor: { line, column },
  editing: null,
});

export function rangeOf({ focus, anchor }: GridCursor): Range {
  return {
    top: Math.min(focus.line, anchor.line),
    bottom: Math.max(focus.line, anchor.line),
    left: Math.min(focus.column, anchor.column),
    right: Math.max(focus.column, anchor.column),
  };
}

const clamp = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));

/** Moves the focus; `extend` keeps the anchor, as Shift does. */
export function moveTo(cursor: GridCursor, cell: Cell, bounds: Bounds, extend = false): GridCursor {
  const focus = { line: clamp(cell.line, bounds.lines), column: clamp(cell.column, bounds.columns) };
  return { focus, anchor: extend ? cursor.anchor : focus, editing: null };
}

/** Where the cursor goes when an editor is done; past the last column to the first of the next line. */
export function afterCommit(cursor: GridCursor, move: CommitMove, bounds: Bounds): GridCursor {
  const { line, column } = cursor.focus;
  if (move === "down") return moveTo(cursor, { line: line + 1, column }, bounds);
  if (move === "next") {
    const wraps = column + 1 >= bounds.columns && line + 1 < bounds.lines;
    return moveTo(cursor, wraps ? { line: line + 1, column: 0 } : { line, column: column + 1 }, bounds);
  }
  if (move === "previous") {
    const wraps = column === 0 && line > 0;
    return moveTo(
      cursor,
      wraps ? { line: line - 1, column: bounds.columns - 1 } : { line, column: column - 1 },
      bounds,
    );
  }
  return { ...cursor, editing: null };
}

const ARROWS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * The step a key asks for while no editor is open; null leaves the key to the browser.
 * Opening an editor is asked for by `editing`; the grid refuses it for cells that cannot be edited.
 */
export function onKey(cursor: GridCursor, pressed: Key, bounds: Bounds): Step | null {
  if (pressed.alt) return null;
  return (
    onArrow(cursor, pressed, bounds) ?? onJump(cursor, pressed, bounds) ?? onVerb(cursor, pressed, bounds)
  );
}

function onArrow(cursor: GridCursor, { key, ctrl, shift }: Key, bounds: Bounds): Step | null {
  const arrow = ARROWS[key];
  if (!arrow) return null;
  const [down, right] = arrow;
  const far = ctrl ? Number.MAX_SAFE_INTEGER : 1;
  const { line, column } = cursor.focus;
  const command = !shift && !ctrl && right !== 0 ? (right > 0 ? "expand" : "collapse") : undefined;
  return {
    cursor: moveTo(cursor, { line: line + down * far, column: column + right * far }, bounds, shift),
    command,
  };
}

function onJump(cursor: GridCursor, { key, ctrl, shift }: Key, bounds: Bounds): Step | null {
  const { line, column } = cursor.focus;
  const to = (cell: Cell) => ({ cursor: moveTo(cursor, cell, bounds, shift && key !== "Tab") });
  if (key === "Home") return to({ line: ctrl ? 0 : line, column: 0 });
  if (key === "End") return to({ line: ctrl ? bounds.lines - 1 : line, column: bounds.columns - 1 });
  if (key === "PageDown") return to({ line: line + bounds.page, column });
  if (key === "PageUp") return to({ line: line - bounds.page, column });
  if (key !== "Tab" || ctrl) return null;
  const leaves = shift
    ? line === 0 && column === 0
    : line === bounds.lines - 1 && column === bounds.columns - 1;
  return leaves ? null : { cursor: afterCommit(cursor, shift ? "previous" : "next", bounds) };
}

function onVerb(cursor: GridCursor, { key, ctrl, shift, composing }: Key, bounds: Bounds): Step | null {
  if (ctrl) {
    if (key !== "a") return null;
    return { cursor, command: "select-all" };
  }
  if (key === "Enter" || key === "F2") return { cursor: { ...cursor, editing: {} }, command: "activate" };
  if (key === "Delete" || key === "Backspace") return { cursor, command: "clear" };
  if (key === " ") return { cursor, command: shift ? "toggle-row" : "peek" };
  if (key === "Escape") return { cursor: moveTo(cursor, cursor.focus, bounds) };
  if (composing || key === "Process") return { cursor: { ...cursor, editing: { initialText: "" } } };
  if ([...key].length === 1) return { cursor: { ...cursor, editing: { initialText: key } } };
  return null;
}
