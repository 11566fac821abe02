/** Where the parts of a flow stand on the canvas: as they were put, or from top to bottom in the order of the steps. */
import { Graph as Drawing, layout } from "@dagrejs/dagre";
import type { Definition, Place } from "../model";
import { type Graph, graphOf } from "./shape";

export const WIDTH = 264;
export const HEIGHT = 84;
const WAY_HEIGHT = 52;
export const GRID = 12;
const GAP = { across: 36, down: 72, inTree: 92 };
/** From one step to the one right under it. */
export const DOWN = HEIGHT + GAP.down;

/** A place on the grid. */
export const snapped = ({ x, y }: Place): Place => ({
  x: Math.round(x / GRID) * GRID,
  y: Math.round(y / GRID) * GRID,
});

/** Where parts stand, and the points that ways have to go through so that they pass beside the cards. */
export interface Order {
  places: Map<string, Place>;
  through: Map<string, Place[]>;
}

/** A place for every part of a graph, its ways leading down; ways out stand in their order from left to right. */
export function arrange({ parts, ways }: Graph, heights: ReadonlyMap<string, number> = new Map()): Order {
  const drawing = new Drawing({ multigraph: true });
  const tree = parts.some(({ type }) => type === "end");
  drawing.setGraph({ rankdir: "TB", nodesep: GAP.across, ranksep: tree ? GAP.inTree : GAP.down });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const { id, type } of parts)
    drawing.setNode(id, {
      width: WIDTH,
      height: heights.get(id) ?? (type === "way" || type === "end" ? WAY_HEIGHT : HEIGHT),
    });
  // The card of a way stands right under its step.
  for (const { id, from, to, behind } of ways)
    if (from !== to) drawing.setEdge(from, to, { weight: behind === undefined ? 20 : 1 }, id);
  layout(drawing, { disableOptimalOrderHeuristic: true });
  const places = new Map(
    parts.map(({ id }) => {
      const { x = 0, y = 0, width = 0, height = 0 } = drawing.node(id);
      return [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }];
    }),
  );
  const through = new Map(
    ways.map(({ id, from, to }): [string, Place[]] => {
      const { points = [] } = drawing.edge({ v: from, w: to, name: id }) ?? {};
      return [id, points.length > 3 ? points.slice(1, -1).map(({ x, y }: Place) => ({ x, y })) : []];
    }),
  );
  return { places, through };
}

/** The definition with all of its parts put in order; what lies beside them stays. */
export function arranged(definition: Definition): Definition {
  const { places } = arrange(graphOf(definition));
  const put = <P extends { id: string; at?: Place }>(part: P): P => ({
    ...part,
    at: snapped(places.get(part.id) ?? { x: 0, y: 0 }),
  });
  return { ...definition, triggers: definition.triggers.map(put), nodes: definition.nodes.map(put) };
}

/** The definition in which every part has a place: those without one go under what leads to them. */
export function placed(definition: Definition): Definition {
  const parts = [...definition.triggers, ...definition.nodes];
  const lacking = parts.filter(({ at }) => !at);
  if (lacking.length === 0) return definition;
  if (lacking.length === parts.length) return arranged(definition);
  const places = new Map(parts.flatMap(({ id, at }) => (at ? [[id, at] as const] : [])));
  const { ways } = graphOf(definition);
  for (const { id } of lacking) {
    const above = ways.find(({ from, to }) => to === id && places.has(from));
    const below = ways.find(({ from, to }) => from === id && places.has(to));
    const from = places.get(above?.from ?? "");
    const to = places.get(below?.to ?? "");
    const wanted = from
      ? { x: from.x, y: from.y + DOWN }
      : to
        ? { x: to.x, y: to.y - DOWN }
        : { x: 0, y: Math.max(...[...places.values()].map(({ y }) => y)) + DOWN };
    places.set(id, freePlace(wanted, [...places.values()]));
  }
  const put = <P extends { id: string; at?: Place }>(part: P): P => ({ ...part, at: places.get(part.id) });
  return { ...definition, triggers: definition.triggers.map(put), nodes: definition.nodes.map(put) };
}

/** The nearest place to the right at which nothing stands. */
export function freePlace(wanted: Place, taken: readonly Place[]): Place {
  let { x, y } = snapped(wanted);
  const covered = () =>
    taken.some((one) => Math.abs(one.x - x) < WIDTH + GRID && Math.abs(one.y - y) < HEIGHT + GRID);
  while (covered()) x += GRID;
  return { x, y };
}
