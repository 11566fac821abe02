/** The pointer in a grid: one set of handlers for all cells, found again by their data attributes. */
import { type MouseEvent, type RefObject, useRef } from "react";
import type { Cell, GridCursor } from "./cursor";

type Options = {
  scroller: RefObject<HTMLDivElement | null>;
  cursor: GridCursor;
  select(cell: Cell, extend: boolean): void;
  edit(cell: Cell): void;
  /** A click on the checkbox of a line; `from` is the line clicked before when Shift is held. */
  toggle(line: number, from: number | null): void;
  open(line: number): void;
};

function cellUnder(event: MouseEvent) {
  const target = event.target as HTMLElement;
  const line = target.closest<HTMLElement>("[data-line]")?.dataset.line;
  const column = target.closest<HTMLElement>("[data-column]")?.dataset.column;
  return { target, line: Number(line ?? -1), column: Number(column ?? -1) };
}

export function useGridMouse({ scroller, cursor, select, edit, toggle, open }: Options) {
  const lastToggled = useRef<number | null>(null);
  const isFocus = ({ line, column }: Cell) => line === cursor.focus.line && column === cursor.focus.column;

  const onMouseDown = (event: MouseEvent) => {
    const { target, line, column } = cellUnder(event);
    const inEditor = cursor.editing && isFocus({ line, column });
    // Editors that open over the grid bubble here through React without being inside it.
    const outside = !scroller.current?.contains(target);
    if (event.button !== 0 || column < 0 || inEditor || outside || target.closest("[data-open]")) return;
    event.preventDefault();
    scroller.current?.focus({ preventScroll: true });
    select({ line, column }, event.shiftKey);
  };
  const onMouseMove = (event: MouseEvent) => {
    if (event.buttons !== 1 || cursor.editing || !scroller.current?.contains(event.target as Node)) return;
    const { line, column } = cellUnder(event);
    if (column >= 0 && document.activeElement === scroller.current && !isFocus({ line, column }))
      select({ line, column }, true);
  };
  const onClick = (event: MouseEvent) => {
    const { target, line } = cellUnder(event);
    if (target.closest("[data-select]")) {
      toggle(line, event.shiftKey ? lastToggled.current : null);
      lastToggled.current = line;
    } else if (target.closest("[data-open]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(line);
    }
  };
  const onDoubleClick = (event: MouseEvent) => {
    const { line, column } = cellUnder(event);
    if (column >= 0 && !cursor.editing) edit({ line, column });
  };
  return { onMouseDown, onMouseMove, onClick, onDoubleClick };
}
