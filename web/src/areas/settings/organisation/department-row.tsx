/** A department in the tree: dragged onto another one it goes below that one; the menu does the same without a mouse. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { GripVertical, Network } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "@/ui/avatar";
import classes from "../departments-page.module.css";
import type { Department } from "../people";

const KIND = "department";

const draggedId = (data: Record<string | symbol, unknown>): string | null =>
  data.kind === KIND ? String(data.id) : null;

export function DepartmentRow({
  department,
  depth,
  count,
  movable,
  takes,
  onTake,
  children,
}: {
  department: Department;
  depth: number;
  count: { own: number; all: number } | undefined;
  movable: boolean;
  /** Whether another department may go below this one. */
  takes(id: string): boolean;
  onTake(id: string): void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const row = useRef<HTMLLIElement>(null);
  const [dragging, setDragging] = useState(false);
  const [over, setOver] = useState(false);
  const latest = useRef({ takes, onTake });
  latest.current = { takes, onTake };
  const { id } = department;
  useEffect(() => {
    const element = row.current;
    if (!element || !movable) return;
    return combine(
      draggable({
        element,
        getInitialData: () => ({ kind: KIND, id }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => {
          const other = draggedId(source.data);
          return other !== null && latest.current.takes(other);
        },
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          const other = draggedId(source.data);
          if (other) latest.current.onTake(other);
        },
      }),
    );
  }, [id, movable]);
  return (
    <li
      ref={row}
      className={classes.row}
      style={{ paddingLeft: 16 + depth * 28 }}
      data-over={over || undefined}
      data-dragging={dragging || undefined}
    >
      {movable && (
        <span className={classes.grip} aria-hidden>
          <GripVertical size={14} />
        </span>
      )}
      <Network size={16} strokeWidth={1.75} className={classes.icon} aria-hidden />
      <span className={classes.name}>{department.name}</span>
      {department.head && (
        <span className={classes.head} title={t("organisation.head")}>
          <Avatar name={department.head.title ?? ""} size={20} />
          {department.head.title}
        </span>
      )}
      <span className={classes.count}>
        {count && count.own !== count.all
          ? t("organisation.people_with_own", {
              all: t("settings.people", { count: count.all }),
              own: t("settings.people_own", { count: count.own }),
            })
          : t("settings.people", { count: count?.all ?? 0 })}
      </span>
      {children}
    </li>
  );
}

/** Shown while a department is dragged: dropped here it stands at the top. */
export function TopTarget({ onDrop }: { onDrop(id: string): void }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(false);
  const [over, setOver] = useState(false);
  const drop = useRef(onDrop);
  drop.current = onDrop;
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    return combine(
      monitorForElements({
        onDragStart: ({ source }) => setActive(draggedId(source.data) !== null),
        onDrop: () => setActive(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => draggedId(source.data) !== null,
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          const id = draggedId(source.data);
          if (id) drop.current(id);
        },
      }),
    );
  }, []);
  return (
    <div
      ref={place}
      className={classes.top}
      data-idle={!active || undefined}
      data-over={over || undefined}
      aria-hidden
    >
      {t("organisation.to_top")}
    </div>
  );
}
