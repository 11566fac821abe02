/** One column of a board: name, count, sum, and its cards, loaded as they are scrolled to. */

import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { ChevronsLeftRight, ChevronsRightLeft, Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, Language, RecordRow } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { moneyParts, moneyPartsText, moneySumText } from "@/lib/money-sums";
import { hueStyle } from "@/ui/chip";
import { rowLines } from "../grid/lines";
import type { RowStore } from "../query/row-store";
import classes from "./board.module.css";
import { BoardCard, cardHeight, dragged } from "./board-card";
import type { BoardColumn } from "./board-model";
import type { ColumnTotal } from "./board-view";

const CARDS_AROUND = 4;
const GAP = 8;

export type ColumnProps = {
  object: CatalogObject;
  column: BoardColumn;
  columns: BoardColumn[];
  store: RowStore | undefined;
  total: ColumnTotal | undefined;
  sum: Field | null;
  fields: Field[];
  movable: boolean;
  onMove(row: RecordRow, from: BoardColumn, to: BoardColumn): void;
  onOpen(row: RecordRow): void;
  onNew?: () => void;
};

export function BoardColumnView(props: ColumnProps) {
  const { object, column, columns, store, total, sum, fields, movable, onMove, onOpen, onNew } = props;
  const { t, i18n } = useTranslation();
  const [collapsed, setCollapsed] = useState(false);
  const [over, setOver] = useState(false);
  const root = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const height = cardHeight(object.key, fields.length) + GAP;
  const known = store ? rowLines({ key: column.key, count: total?.count ?? null, store, heading: false }) : 0;
  const virtual = useVirtualizer({
    count: known,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: CARDS_AROUND,
  });
  const items = virtual.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (!collapsed) store?.ensure(from, to);
  }, [store, from, to, collapsed]);

  const drop = useRef(onMove);
  drop.current = onMove;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a column that opens gets a new scroller.
  useEffect(() => {
    const element = root.current;
    if (!element || !movable) return;
    const target = dropTargetForElements({
      element,
      canDrop: ({ source }) => dragged(source.data) !== null,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        const card = dragged(source.data);
        if (card) drop.current(card.row, card.column, column);
      },
    });
    return scroller.current ? combine(target, autoScrollForElements({ element: scroller.current })) : target;
  }, [column, movable, collapsed]);

  const sums = sum ? moneyParts(total?.sum, sum.settings.currency ?? "CNY") : [];
  return (
    <section
      ref={root}
      className={clsx(classes.column, over && classes.over, collapsed && classes.collapsed)}
      style={hueStyle(column.hue)}
      aria-label={column.name}
    >
      <header className={classes.columnHead}>
        <span className={classes.hue} aria-hidden />
        <h2 className={classes.columnName} title={column.name}>
          {column.name}
        </h2>
        <span className={classes.columnCount}>{total && formatNumber(total.count)}</span>
        {!collapsed && (
          <span className={classes.columnSum} title={moneyPartsText(sums)}>
            {moneySumText(sums, "short")}
          </span>
        )}
        <button
          type="button"
          className={classes.iconButton}
          aria-label={t(collapsed ? "board.expand" : "board.collapse", { name: column.name })}
          onClick={() => setCollapsed(!collapsed)}
        >
          {collapsed ? (
            <ChevronsLeftRight size={14} aria-hidden />
          ) : (
            <ChevronsRightLeft size={14} aria-hidden />
          )}
        </button>
        {onNew && !collapsed && (
          <button
            type="button"
            className={classes.iconButton}
            aria-label={t("board.new_in", { name: column.name })}
            onClick={onNew}
          >
            <Plus size={15} aria-hidden />
          </button>
        )}
      </header>
      {!collapsed && (
        <div ref={scroller} className={classes.cards}>
          <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
            {items.map(({ index, start, key }) => {
              const row = store?.rowAt(index);
              return row ? (
                <BoardCard
                  key={row.id}
                  object={object}
                  row={row}
                  column={column}
                  columns={columns}
                  fields={fields}
                  top={start}
                  height={height - GAP}
                  language={i18n.language as Language}
                  movable={movable}
                  onMove={onMove}
                  onOpen={onOpen}
                />
              ) : (
                <div
                  key={key}
                  className={classes.bone}
                  style={{ transform: `translateY(${start}px)`, height: height - GAP }}
                />
              );
            })}
          </div>
          {store?.isComplete && store.knownCount === 0 && (
            <p className={classes.none}>{t("board.empty_column")}</p>
          )}
        </div>
      )}
    </section>
  );
}
