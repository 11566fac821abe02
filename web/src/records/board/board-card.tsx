/** One card: title, chosen fields, owner; dragged by mouse, moved by menu with keys or fingers. */
import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { Menu } from "@mantine/core";
import { Ellipsis } from "lucide-react";
import { memo, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, Language, RecordRow, Reference } from "@/api/types";
import { Avatar } from "@/ui/avatar";
import { shownKind } from "../field-kinds/shown-kind";
import { recordHref } from "../lookup/record-link";
import classes from "./board.module.css";
import type { BoardColumn } from "./board-model";
import { boardExtensionOf } from "./extensions";

const CARD_KIND = "board-card";

/** The card being dragged, or null when something else is. */
export function dragged(
  data: Record<string | symbol, unknown>,
): { row: RecordRow; column: BoardColumn } | null {
  return data.kind === CARD_KIND ? { row: data.row as RecordRow, column: data.column as BoardColumn } : null;
}

/** Cards of one board are equally high, so that columns can be drawn by window. */
export const cardHeight = (object: string, fields: number) =>
  48 + (fields + (boardExtensionOf(object)?.Mark ? 1 : 0)) * 22;

export const BoardCard = memo(function BoardCard({
  object,
  row,
  column,
  columns,
  fields,
  top,
  height,
  language,
  movable,
  onMove,
  onOpen,
}: {
  object: CatalogObject;
  row: RecordRow;
  column: BoardColumn;
  columns: BoardColumn[];
  fields: Field[];
  top: number;
  height: number;
  language: Language;
  movable: boolean;
  onMove(row: RecordRow, from: BoardColumn, to: BoardColumn): void;
  onOpen(row: RecordRow): void;
}) {
  const card = useRef<HTMLElement>(null);
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    if (!card.current || !movable) return;
    return draggable({
      element: card.current,
      getInitialData: () => ({ kind: CARD_KIND, row, column }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, [row, column, movable]);
  const Mark = boardExtensionOf(object.key)?.Mark;
  const owner = row.owner as Reference | null | undefined;
  return (
    <article
      ref={card}
      className={classes.card}
      data-dragging={dragging || undefined}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <div className={classes.cardHead}>
        <a
          className={classes.cardTitle}
          href={recordHref(object.key, row.id)}
          draggable={false}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(row);
          }}
        >
          {String(row[object.title] ?? "")}
        </a>
        {movable && (
          <MoveMenu
            columns={columns}
            current={column}
            name={String(row[object.title] ?? "")}
            onMove={(to) => onMove(row, column, to)}
          />
        )}
      </div>
      {fields.map((field) => {
        const kind = shownKind(field, row[field.key]);
        return (
          <div
            key={field.key}
            className={classes.cardField}
            data-number={field.trait === "number" || undefined}
          >
            {!kind.isEmpty(row[field.key]) && (
              <kind.Display value={row[field.key]} field={field} language={language} linked={false} />
            )}
          </div>
        );
      })}
      {Mark && (
        <span className={classes.mark}>
          <Mark row={row} />
        </span>
      )}
      {owner?.title && (
        <span className={classes.owner} title={owner.title}>
          <Avatar name={owner.title} size={22} />
        </span>
      )}
    </article>
  );
});

function MoveMenu({
  columns,
  current,
  name,
  onMove,
}: {
  columns: BoardColumn[];
  current: BoardColumn;
  name: string;
  onMove(to: BoardColumn): void;
}) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const trigger = (
    <button
      type="button"
      className={classes.moveButton}
      aria-haspopup="menu"
      aria-expanded={opened}
      aria-label={t("board.move", { name })}
      onClick={() => setOpened(true)}
    >
      <Ellipsis size={15} aria-hidden />
    </button>
  );
  // The menu is made only for the card that asks for it: boards draw hundreds.
  if (!opened) return trigger;
  return (
    <Menu opened onChange={setOpened} position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>{trigger}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("board.move_to")}</Menu.Label>
        {columns.map((column) => (
          <Menu.Item key={column.key} disabled={column.key === current.key} onClick={() => onMove(column)}>
            {column.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
