/** How each sort of part and of way is drawn. */
import { MarkerType } from "@xyflow/react";
import { EndNode, NoteNode, PartNode, WayNode } from "./part-node";
import { WayEdge } from "./way-edge";

export const NODE_TYPES = { part: PartNode, way: WayNode, end: EndNode, note: NoteNode };
export const EDGE_TYPES = { way: WayEdge };
export const WAY_ENDS = {
  type: "way",
  // Where a way begins another one is drawn, which takes its place; its end can be taken elsewhere.
  reconnectable: "target" as const,
  markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, color: "var(--gx-border-strong)" },
};
