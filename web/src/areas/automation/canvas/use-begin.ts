/** The first sight of a flow: whole where it fits and can be read, otherwise from its top. */
import type { ReactFlowInstance } from "@xyflow/react";
import type { RefObject } from "react";
import type { CanvasEdge, CanvasNode } from "./view";

const EDGE = 28;
const SMALLEST = 0.65;

export function useBegin(frame: RefObject<HTMLDivElement | null>, smallest = SMALLEST) {
  return (flow: ReactFlowInstance<CanvasNode, CanvasEdge>) => {
    const box = frame.current?.getBoundingClientRect();
    const nodes = flow.getNodes();
    if (!box || nodes.length === 0) return;
    const { x, y, width, height } = flow.getNodesBounds(nodes);
    const fitting = Math.min((box.width - 2 * EDGE) / width, (box.height - 2 * EDGE) / height);
    const zoom = Math.min(1, Math.max(smallest, fitting));
    const space = box.height - height * zoom;
    flow.setViewport({
      x: box.width / 2 - (x + width / 2) * zoom,
      y: (space > 0 ? Math.min(space / 2, 2 * EDGE) : EDGE) - y * zoom,
      zoom,
    });
  };
}
