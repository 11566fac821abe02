/** A stage in the order of its pipeline: dragged by its handle, or moved with the arrow keys on it. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import {
  attachClosestEdge,
  type Edge,
  extractClosestEdge,
} from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge";
import { ActionIcon } from "@mantine/core";
import { GripVertical, Pencil, Trash2 } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { findField, useObject } from "@/lib/catalog";
import { currentLanguage } from "@/lib/language";
import { optionOf, optionText } from "@/records/field-kinds/parts/options";
import { listHref } from "@/records/related/list-href";
import { Chip } from "@/ui/chip";
import type { Stage } from "./pipelines";
import classes from "./pipelines.module.css";

interface StageRowProps {
  stage: Stage;
  at: number;
  of: number;
  /** Opportunities in it; null while nobody knows. */
  used: number | null;
  onMove(id: string, to: number): void;
  onEdit(): void;
  onDelete(): void;
}

const STEPS: Record<string, -1 | 1> = { ArrowUp: -1, ArrowDown: 1 };

export function StageRow(props: StageRowProps) {
  const { stage, at, of, used } = props;
  const { t } = useTranslation();
  const row = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const edge = useStageDrag(row, handle, props);
  const object = useObject("stage");
  const category = object && findField(object, "category");
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    if (at + step >= 0 && at + step < of) props.onMove(stage.id, at + step);
  };
  return (
    <li ref={row} className={classes.stage} data-edge={edge ?? undefined} data-stage={stage.name}>
      <button
        ref={handle}
        type="button"
        className={classes.handle}
        aria-label={t("pipelines.move_stage", { name: stage.name, place: at + 1, of })}
        aria-keyshortcuts="ArrowUp ArrowDown"
        onKeyDown={onKeyDown}
      >
        <GripVertical size={16} aria-hidden />
      </button>
      <span className={classes.stageName}>
        <Chip hue={stage.color ?? "blue"} dot>
          {stage.name}
        </Chip>
      </span>
      <span className={classes.category}>
        {category && optionText(optionOf(category, stage.category), currentLanguage())}
      </span>
      <span className={classes.probability}>{Number(stage.probability ?? 0)}%</span>
      <span className={classes.used}>
        {used !== null && used > 0 && (
          <a href={listHref("opportunity", { key: "stage", kind: "lookup" }, stage.id)}>
            {t("pipelines.used", { count: used })}
          </a>
        )}
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("pipelines.edit_stage", { name: stage.name })}
        onClick={props.onEdit}
      >
        <Pencil size={15} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("pipelines.delete_stage", { name: stage.name })}
        onClick={props.onDelete}
      >
        <Trash2 size={15} />
      </ActionIcon>
    </li>
  );
}

const DRAG_KIND = "pipeline-stage";

/** Lets the row be dragged by its handle to another place of the same pipeline; the edge a dragged one would go to. */
function useStageDrag(
  row: RefObject<HTMLLIElement | null>,
  handle: RefObject<HTMLButtonElement | null>,
  { stage, at, onMove }: StageRowProps,
): Edge | null {
  const [edge, setEdge] = useState<Edge | null>(null);
  const pipeline = stage.pipeline.id;
  useEffect(() => {
    const element = row.current;
    if (!element) return;
    const data = { kind: DRAG_KIND, pipeline, id: stage.id, at };
    return combine(
      draggable({ element, dragHandle: handle.current ?? undefined, getInitialData: () => data }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) =>
          source.data.kind === DRAG_KIND && source.data.pipeline === pipeline && source.data.id !== stage.id,
        getData: ({ input }) =>
          attachClosestEdge({ id: stage.id }, { element, input, allowedEdges: ["top", "bottom"] }),
        onDrag: ({ self }) => setEdge(extractClosestEdge(self.data)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ self, source }) => {
          setEdge(null);
          const before = extractClosestEdge(self.data) === "top" ? at : at + 1;
          const from = Number(source.data.at);
          onMove(String(source.data.id), before > from ? before - 1 : before);
        },
      }),
    );
  }, [row, handle, pipeline, stage.id, at, onMove]);
  return edge;
}
