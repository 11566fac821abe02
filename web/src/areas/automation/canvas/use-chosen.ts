/** What is chosen on the canvas, how large its parts are drawn, and where they are while they are dragged. */
import type { EdgeChange, NodeChange } from "@xyflow/react";
import { useState } from "react";
import type { Place } from "../model";
import type { CanvasEdge, CanvasNode, View } from "./view";

interface Size {
  width: number;
  height: number;
}

const NONE: ReadonlySet<string> = new Set();

export function useChosen(view: View) {
  const [chosen, setChosen] = useState(NONE);
  const [ways, setWays] = useState(NONE);
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());
  const [dragged, setDragged] = useState<ReadonlyMap<string, Place>>(new Map());
  const parts = new Set(view.nodes.map(({ id }) => id));
  const heights = new Map([...sizes].map(([id, { height }]) => [id, height]));
  return {
    /** Ids of the parts that are chosen. */
    chosen: new Set([...chosen].filter((id) => parts.has(id))),
    ways: new Set([...ways].filter((id) => view.edges.some((edge) => edge.id === id))),
    heights,
    choose: (ids: Iterable<string>) => {
      setChosen(new Set(ids));
      setWays(NONE);
    },
    letGo: () => setDragged(new Map()),
    nodes: view.nodes.map(
      (node): CanvasNode => ({
        ...node,
        selected: chosen.has(node.id),
        measured: sizes.get(node.id),
        position: dragged.get(node.id) ?? node.position,
      }),
    ),
    edges: view.edges.map((edge): CanvasEdge => ({ ...edge, selected: ways.has(edge.id) })),
    onNodesChange: (changes: NodeChange<CanvasNode>[]) => {
      setChosen((now) => selected(now, changes));
      const grown = changes.flatMap((one) =>
        one.type === "dimensions" && one.dimensions ? [[one.id, one.dimensions] as const] : [],
      );
      if (grown.length > 0) setSizes((now) => new Map([...now, ...grown]));
      const going = changes.flatMap((one) =>
        one.type === "position" && one.dragging && one.position ? [[one.id, one.position] as const] : [],
      );
      if (going.length > 0) setDragged((now) => new Map([...now, ...going]));
    },
    onEdgesChange: (changes: EdgeChange<CanvasEdge>[]) => setWays((now) => selected(now, changes)),
  };
}

function selected(
  now: ReadonlySet<string>,
  changes: readonly (NodeChange<CanvasNode> | EdgeChange<CanvasEdge>)[],
): ReadonlySet<string> {
  const told = changes.flatMap((one) => (one.type === "select" ? [one] : []));
  if (told.length === 0) return now;
  const next = new Set(now);
  for (const { id, selected: is } of told)
    if (is) next.add(id);
    else next.delete(id);
  return next;
}
