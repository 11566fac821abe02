/** The head of the grid: names, sort arrows, a menu per column, handles to size and to move. */

import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import {
  attachClosestEdge,
  type Edge,
  extractClosestEdge,
} from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge";
import clsx from "clsx";
import { ArrowDown, ArrowUp, ChevronDown } from "lucide-react";
import { memo, type PointerEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Sort } from "@/api/types";
import { clampWidth } from "../query/columns";
import classes from "./grid.module.css";
import { type GridColumn, GUTTER } from "./grid-columns";

type HeaderProps = {
  columns: GridColumn[];
  shown: number[];
  sort: Sort[];
  width: number;
  allSelected: boolean;
  someSelected: boolean;
  onSelectAll(): void;
  onMenu(column: GridColumn, anchor: DOMRect): void;
  onResize(path: string, width: number): void;
  onMove(path: string, before: string | null): void;
};

export const GridHeader = memo(function GridHeader(props: HeaderProps) {
  const { t } = useTranslation();
  const { columns, shown, width, allSelected, someSelected } = props;
  return (
    <div role="row" aria-rowindex={1} className={classes.header} style={{ width }}>
      <div role="columnheader" className={classes.gutter} style={{ width: GUTTER }}>
        <input
          type="checkbox"
          className={classes.checkAll}
          aria-label={t("grid.select_all")}
          checked={allSelected}
          ref={(box) => {
            if (box) box.indeterminate = someSelected && !allSelected;
          }}
          onChange={props.onSelectAll}
        />
      </div>
      {shown.map((at) => {
        const column = columns[at];
        return column && <HeaderCell key={column.path} {...props} column={column} at={at} />;
      })}
    </div>
  );
});

function HeaderCell({
  column,
  at,
  columns,
  sort,
  onMenu,
  onResize,
  onMove,
}: HeaderProps & { column: GridColumn; at: number }) {
  const { t } = useTranslation();
  const cell = useRef<HTMLDivElement>(null);
  const edge = useColumnDrag(cell, columns, at, onMove);
  const order = sort.find((each) => each.field === column.path)?.dir;
  const Arrow = order === "desc" ? ArrowDown : ArrowUp;
  return (
    <div
      ref={cell}
      role="columnheader"
      aria-colindex={at + 2}
      aria-sort={order ? (order === "asc" ? "ascending" : "descending") : "none"}
      className={clsx(classes.headerCell, column.pinned && classes.pinned)}
      style={{ width: column.width, left: column.left, position: column.pinned ? undefined : "absolute" }}
      data-align={column.kind.align}
      data-edge={edge ?? undefined}
    >
      <button
        type="button"
        className={classes.headerButton}
        title={column.label}
        aria-haspopup="menu"
        aria-label={t("grid.column_menu", { name: column.label })}
        onClick={(event) => onMenu(column, event.currentTarget.getBoundingClientRect())}
      >
        <span className={classes.headerText}>{column.label}</span>
        {order ? (
          <Arrow size={13} className={classes.sortArrow} aria-hidden />
        ) : (
          <ChevronDown size={13} className={classes.menuArrow} aria-hidden />
        )}
      </button>
      <ResizeHandle column={column} onResize={onResize} />
    </div>
  );
}

function ResizeHandle({ column, onResize }: { column: GridColumn; onResize: HeaderProps["onResize"] }) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const onPointerDown = (event: PointerEvent) => {
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width: column.width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (start.current)
      onResize(column.path, clampWidth(start.current.width + event.clientX - start.current.x));
  };
  const onPointerUp = () => {
    start.current = null;
  };
  return (
    <div
      aria-hidden
      className={classes.resize}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
    />
  );
}

const DRAG_KIND = "grid-column";

/** Lets the head be dragged to another place among the columns; returns the edge a dragged one would go to. */
function useColumnDrag(
  cell: React.RefObject<HTMLDivElement | null>,
  columns: GridColumn[],
  at: number,
  onMove: HeaderProps["onMove"],
) {
  const [edge, setEdge] = useState<Edge | null>(null);
  const path = columns[at]?.path ?? "";
  const next = columns[at + 1]?.path ?? null;
  useEffect(() => {
    const element = cell.current;
    if (!element) return;
    return combine(
      draggable({ element, getInitialData: () => ({ kind: DRAG_KIND, path }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.kind === DRAG_KIND && source.data.path !== path,
        getData: ({ input }) =>
          attachClosestEdge({ path }, { element, input, allowedEdges: ["left", "right"] }),
        onDrag: ({ self }) => setEdge(extractClosestEdge(self.data)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ self, source }) => {
          setEdge(null);
          onMove(String(source.data.path), extractClosestEdge(self.data) === "left" ? path : next);
        },
      }),
    );
  }, [cell, path, next, onMove]);
  return edge;
}
