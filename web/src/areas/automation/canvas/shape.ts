/** A flow as a graph to be drawn: parts and the ways between them; as a tree also a card for each of several ways. */
import { type Definition, ERROR, type FlowNode, portsOf, type StepKind } from "../model";

/** Where something is put: behind a port of a step, null for the beginning. */
export type Behind = { id: string; port: string } | null;

interface GraphPart {
  id: string;
  type: "trigger" | "step" | "way" | "end";
  /** The step whose way it is, and which. */
  of?: { id: string; port: string };
}

interface GraphWay {
  id: string;
  from: string;
  port: string;
  to: string;
  /** What a step put on this way comes behind; undefined where none can be put. */
  behind?: Behind;
}

export interface Graph {
  parts: GraphPart[];
  ways: GraphWay[];
}

export type Kinds = ReadonlyMap<string, StepKind>;

/** Ports that are not drawn in a tree while nothing follows them. */
const ASIDE = new Set(["rejected", "timeout", ERROR]);
export const START = "start";
export const END = "end";

/** Every way out of a step, the one taken on failure last. */
export const allPorts = (node: FlowNode, kinds: Kinds) => [...portsOf(node, kinds.get(node.kind)), ERROR];

/** The way of a connection on the canvas. */
export const wayId = (from: string, port: string) => `${from}:${port}`;

export function graphOf(definition: Definition): Graph {
  const { triggers, start, nodes } = definition;
  const known = new Set(nodes.map(({ id }) => id));
  return {
    parts: [
      ...triggers.map(({ id }) => ({ id, type: "trigger" as const })),
      ...nodes.map(({ id }) => ({ id, type: "step" as const })),
    ],
    ways: [
      ...(start && known.has(start)
        ? triggers.map(({ id }) => ({
            id: wayId(id, START),
            from: id,
            port: START,
            to: start,
            behind: null,
          }))
        : []),
      ...nodes.flatMap((node) =>
        Object.entries(node.next)
          .filter(([, target]) => known.has(target))
          .map(([port, to]) => ({
            id: wayId(node.id, port),
            from: node.id,
            port,
            to,
            behind: { id: node.id, port },
          })),
      ),
    ],
  };
}

/** The graph of the simple mode: it has one end, and every way of a step with several has a card of its own. */
export function treeOf(definition: Definition, kinds: Kinds): Graph {
  const { triggers, nodes, start } = definition;
  const known = new Set(nodes.map(({ id }) => id));
  const parts: GraphPart[] = triggers.map(({ id }) => ({ id, type: "trigger" }));
  const ways: GraphWay[] = triggers.map(({ id }) => ({
    id: wayId(id, START),
    from: id,
    port: START,
    to: start && known.has(start) ? start : END,
    behind: null,
  }));
  for (const node of nodes) {
    parts.push({ id: node.id, type: "step" });
    const ports = allPorts(node, kinds).filter((port) => node.next[port] || !ASIDE.has(port));
    for (const port of ports) {
      const target = node.next[port];
      const to = target && known.has(target) ? target : END;
      const behind = { id: node.id, port };
      const id = wayId(node.id, port);
      if (ports.length === 1) ways.push({ id, from: node.id, port, to, behind });
      else {
        parts.push({ id: `${id}/`, type: "way", of: behind });
        ways.push({ id: `${id}/`, from: node.id, port, to: `${id}/` });
        ways.push({ id, from: `${id}/`, port, to, behind });
      }
    }
  }
  parts.push({ id: END, type: "end" });
  return { parts, ways };
}
