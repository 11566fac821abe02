/** A flow as the canvas shows it: each part with its words, and the ways between them. */
import type { Edge, Node } from "@xyflow/react";
import type { Hue } from "@/api/types";
import type { Condition } from "@/builders/layouts/model";
import { findObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import {
  canonical,
  type Definition,
  ERROR,
  type FlowNode,
  type Place,
  portsOf,
  type StepKind,
} from "../model";
import { objectsOf } from "../objects-of";
import { hueOf } from "../part-hue";
import { portName } from "../port-name";
import type { Problems } from "../use-check";
import { conditionOf, settingsInWords, type Telling, whenOf } from "../words";
import { arrange, placed, snapped, WIDTH } from "./places";
import { type Behind, type Graph, graphOf, type Kinds, START, treeOf } from "./shape";

/** What a comparison or a run adds to a part. */
export interface Mark {
  hue: Hue;
  /** A word or two. */
  word: string;
  /** Sentences under it. */
  says?: readonly string[];
  faded?: boolean;
}

export interface PortShown {
  port: string;
  name: string;
  connected: boolean;
}

type PartData = {
  icon: string;
  hue: Hue;
  name: string;
  sum: string;
  problem: string | null;
  note: string | null;
  ports: PortShown[];
  /** Whether ways can lead here. */
  entry: boolean;
  mark: Mark | null;
  of?: { id: string; port: string };
  /** Whether several ways meet here, so that a step can be put in front of it. */
  meets?: boolean;
};

export type CanvasNode = Node<PartData, "part" | "way" | "end"> | Node<{ text: string }, "note">;
export type CanvasEdge = Edge<
  { behind?: Behind; taken: boolean | null; says: string; through: Place[] },
  "way"
>;

export interface Viewing {
  telling: Telling;
  kinds: Kinds;
  problems?: Problems;
  marks?: ReadonlyMap<string, Mark>;
  /** Ids of the ways that were taken; null where none were. */
  taken?: ReadonlySet<string> | null;
  /** The simple mode: the places are those of the tree. */
  tree: boolean;
  heights?: ReadonlyMap<string, number>;
}

export interface View {
  nodes: CanvasNode[];
  edges: CanvasEdge[];
}

export function viewOf(given: Definition, viewing: Viewing): View {
  const { kinds, tree, telling, taken = null } = viewing;
  const definition = tree ? given : placed(given);
  const graph = tree ? treeOf(definition, kinds) : graphOf(definition);
  const order = arrange(graph, viewing.heights);
  const places: ReadonlyMap<string, Place> = tree
    ? order.places
    : new Map([...definition.triggers, ...definition.nodes].flatMap(({ id, at }) => (at ? [[id, at]] : [])));
  // Ways go around the cards as long as both of their ends stand where the order puts them.
  const inOrder = (id: string) =>
    tree || canonical(places.get(id)) === canonical(snapped(order.places.get(id) ?? ORIGIN));
  const told = tellParts(definition, graph, viewing);
  const nodes = graph.parts.map(({ id, type, of }): CanvasNode => {
    const data = told.get(id) ?? NOBODY;
    return {
      id,
      type: type === "way" || type === "end" ? type : "part",
      position: places.get(id) ?? { x: 0, y: 0 },
      width: WIDTH,
      data: { ...data, ...(of ? { of } : {}), meets: tree && meeting(graph, id) },
      ariaLabel: [data.name, data.mark?.word, data.sum, data.problem]
        .filter(Boolean)
        .join(telling.t("automation.list_comma")),
      draggable: !tree,
      selectable: type !== "end",
      focusable: type !== "end",
    };
  });
  const notes = (tree ? [] : (definition.notes ?? [])).map(
    ({ id, text, at }): CanvasNode => ({
      id,
      type: "note",
      position: at,
      data: { text },
      ariaLabel: `${telling.t("automation.canvas_note")} ${text}`,
      zIndex: -1,
    }),
  );
  const edges = graph.ways.map(({ id, from, port, to, behind }): CanvasEdge => {
    const through = inOrder(from) && inOrder(to) ? (order.through.get(id) ?? []) : [];
    const says = telling.t("automation.canvas_way", {
      from: told.get(from)?.name ?? "",
      to: told.get(to)?.name ?? "",
    });
    return {
      id,
      type: "way",
      source: from,
      target: to,
      sourceHandle: tree ? null : port,
      data: { behind, taken: taken?.has(id) ?? null, says, through },
      selectable: !tree,
      focusable: !tree,
      ariaLabel: says,
    };
  });
  return { nodes: [...nodes, ...notes], edges };
}

const meeting = ({ ways }: Graph, id: string) =>
  new Set(ways.filter(({ to, behind }) => to === id && behind).map((way) => way.id)).size > 1;

const ORIGIN: Place = { x: 0, y: 0 };

const NOBODY: PartData = {
  icon: "box",
  hue: "slate",
  name: "",
  sum: "",
  problem: null,
  note: null,
  ports: [],
  entry: true,
  mark: null,
};

export const nameOf = (node: FlowNode, kind: StepKind | undefined) =>
  label(node.label) || label(kind?.label) || node.kind;

function tellParts(definition: Definition, graph: Graph, viewing: Viewing): Map<string, PartData> {
  const { telling, kinds, problems, marks } = viewing;
  const { catalog, t, palette } = telling;
  const own = findObject(catalog, definition.object ?? "");
  const objects = objectsOf(definition, catalog);
  const found = new Map<string, PartData>();
  const wrong = (id: string) => {
    const one = problems?.placed.find(({ at }) => at === id);
    return one ? [one.about, one.says].filter(Boolean).join(t("automation.colon")) : null;
  };
  for (const trigger of definition.triggers) {
    const kind = palette.triggers.find(({ key }) => key === trigger.kind);
    found.set(trigger.id, {
      ...NOBODY,
      icon: kind?.icon ?? "bolt",
      hue: "blue",
      name: label(kind?.label) || trigger.kind,
      sum: whenOf(trigger, own, telling),
      problem: wrong(trigger.id),
      ports: [{ port: START, name: "", connected: definition.start !== null }],
      entry: false,
      mark: marks?.get(trigger.id) ?? null,
    });
  }
  for (const node of definition.nodes) {
    const kind = kinds.get(node.kind);
    const object = findObject(catalog, objects.get(node.id) ?? definition.object ?? "");
    const ports = [...portsOf(node, kind), ...(node.next[ERROR] ? [ERROR] : [])];
    const several = ports.length > 1;
    found.set(node.id, {
      ...NOBODY,
      icon: kind?.icon ?? "box",
      hue: hueOf(kind?.group),
      name: nameOf(node, kind),
      sum: (kind && settingsInWords(kind, node.settings, object, telling)) || label(kind?.help),
      problem: wrong(node.id),
      note: node.note || null,
      ports: ports.map((port) => ({
        port,
        name: several ? portName(node, port, kind, t) : "",
        connected: node.next[port] !== undefined,
      })),
      mark: marks?.get(node.id) ?? null,
    });
  }
  for (const { id, type, of } of graph.parts) {
    const node = of && definition.nodes.find((one) => one.id === of.id);
    if (type === "end") found.set(id, { ...NOBODY, name: t("automation.canvas_end") });
    if (type !== "way" || !node || !of) continue;
    const kind = kinds.get(node.kind);
    const given = node.settings[kind?.settings.find((one) => one.type === "branches")?.name ?? ""];
    const branch = (Array.isArray(given) ? (given as { port: string; when: Condition | null }[]) : []).find(
      ({ port }) => port === of.port,
    );
    const object = findObject(catalog, objects.get(node.id) ?? definition.object ?? "");
    found.set(id, {
      ...NOBODY,
      hue: hueOf(kind?.group),
      name: portName(node, of.port, kind, t),
      sum: branch?.when ? conditionOf(branch.when, object, telling) : "",
    });
  }
  return found;
}
