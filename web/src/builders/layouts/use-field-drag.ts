/** Fields dragged between the palette and the sections of a layout. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import {
  attachClosestEdge,
  type Edge,
  extractClosestEdge,
} from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge";
import { type RefObject, useEffect, useRef, useState } from "react";

const LIST = "layout-fields";

/** Lets an element be dragged as a field, and another field be dropped before or behind it. */
export function useFieldDrag(
  chip: RefObject<HTMLElement | null>,
  field: string,
  /** Beside each other or below. */
  edges: Edge[],
  /** Absent in the palette, where fields have no order. */
  onDrop?: (field: string, behind: boolean) => void,
): Edge | null {
  const [edge, setEdge] = useState<Edge | null>(null);
  const drop = useRef(onDrop);
  drop.current = onDrop;
  const allowed = edges.join(" ");
  const target = onDrop !== undefined;
  useEffect(() => {
    const element = chip.current;
    if (!element) return;
    const drag = draggable({ element, getInitialData: () => ({ list: LIST, field }) });
    if (!target) return drag;
    return combine(
      drag,
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.list === LIST && source.data.field !== field,
        getData: ({ input }) =>
          attachClosestEdge({ field }, { element, input, allowedEdges: allowed.split(" ") as Edge[] }),
        onDrag: ({ self }) => setEdge(extractClosestEdge(self.data)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ self, source }) => {
          setEdge(null);
          const behind = ["right", "bottom"].includes(extractClosestEdge(self.data) ?? "");
          drop.current?.(String(source.data.field), behind);
        },
      }),
    );
  }, [chip, field, allowed, target]);
  return edge;
}

/** Lets fields be dropped on an area, where they do not fall on another field in it. */
export function useFieldDrop(area: RefObject<HTMLElement | null>, onDrop: (field: string) => void): boolean {
  const [over, setOver] = useState(false);
  const drop = useRef(onDrop);
  drop.current = onDrop;
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.list === LIST,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ self, source, location }) => {
        setOver(false);
        if (location.current.dropTargets[0]?.element === self.element)
          drop.current(String(source.data.field));
      },
    });
  }, [area]);
  return over;
}
