/** Lets a row be dragged by its handle to another place of the same list; gives the edge a dragged one would go to. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import {
  attachClosestEdge,
  type Edge,
  extractClosestEdge,
} from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge";
import { type RefObject, useEffect, useRef, useState } from "react";

interface RowDrag {
  /** Rows go to places of their own list only. */
  list: string;
  id: string;
  /** Null for a row that stays. */
  at: number | null;
  onMove(id: string, to: number): void;
}

export function useRowDrag(
  row: RefObject<HTMLElement | null>,
  handle: RefObject<HTMLElement | null>,
  { list, id, at, onMove }: RowDrag,
): Edge | null {
  const [edge, setEdge] = useState<Edge | null>(null);
  const move = useRef(onMove);
  move.current = onMove;
  useEffect(() => {
    const element = row.current;
    const dragHandle = handle.current;
    if (!element || !dragHandle || at === null) return;
    return combine(
      draggable({ element, dragHandle, getInitialData: () => ({ list, id, at }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.list === list && source.data.id !== id,
        getData: ({ input }) =>
          attachClosestEdge({ id }, { element, input, allowedEdges: ["top", "bottom"] }),
        onDrag: ({ self }) => setEdge(extractClosestEdge(self.data)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ self, source }) => {
          setEdge(null);
          const before = extractClosestEdge(self.data) === "top" ? at : at + 1;
          move.current(String(source.data.id), before > Number(source.data.at) ? before - 1 : before);
        },
      }),
    );
  }, [row, handle, list, id, at]);
  return edge;
}
