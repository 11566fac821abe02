/** A flow's definition as the screens hold it, and what is done to it: the same data as a rule's form and as a process. */
import type { FieldSettings, FlowKinds, FlowStepKind, FlowTriggerKind, Label } from "@/api/types";

/** A place on the canvas. */
export interface Place {
  x: number;
  y: number;
}

export interface FlowTrigger {
  id: string;
  kind: string;
  settings: FieldSettings;
  at?: Place;
}

/** A comment that lies on the canvas. */
export interface FlowNote {
  id: string;
  text: string;
  at: Place;
}

export interface FlowNode extends FlowTrigger {
  /** The nodes that follow, by port; a port that is missing ends there. */
  next: Record<string, string>;
  /** What people call it; shipped flows have words in each language. */
  label?: string | Partial<Label>;
  note?: string;
}

export interface Definition {
  object: string | null;
  triggers: FlowTrigger[];
  start: string | null;
  nodes: FlowNode[];
  notes?: FlowNote[];
  /** How many runs may go on at once, of the flow or of each record. */
  at_once?: { most: number; by?: string };
}

/** What kinds of triggers and of steps have in common. */
export type PartKind = FlowTriggerKind;
export type StepKind = FlowStepKind;
export type Palette = FlowKinds;

export const OUT = "out";
export const ELSE = "else";
/** The way of a step that failed; every kind has it. */
export const ERROR = "error";

/** The definition of a record, whatever was kept in it. */
export function readDefinition(data: unknown): Definition {
  const whole = typeof data === "object" && data !== null ? (data as Partial<Definition>) : {};
  return {
    ...whole,
    object: typeof whole.object === "string" ? whole.object : null,
    triggers: (whole.triggers ?? []).map((one) => ({ ...one, settings: one.settings ?? {} })),
    start: whole.start ?? null,
    nodes: (whole.nodes ?? []).map((one) => ({ ...one, settings: one.settings ?? {}, next: one.next ?? {} })),
  };
}

/** The ways out of a node: those of its branches, as many as it splits into, or those that its kind always has. */
export function portsOf(node: Pick<FlowNode, "settings">, kind: StepKind | undefined): string[] {
  if (!kind) return [OUT];
  const branches = kind.settings.find(({ type }) => type === "branches");
  if (branches) {
    const given = node.settings[branches.name];
    const ports = Array.isArray(given) ? given.map((one: { port: string }) => one.port) : [];
    return [...ports, ELSE];
  }
  const shares = kind.settings.find(({ type }) => type === "shares");
  if (shares) {
    const given = node.settings[shares.name];
    return Array.isArray(given) ? given.map((one: { port: string }) => one.port) : [];
  }
  const ways = kind.forks && kind.settings.find(({ name }) => name === "ways");
  if (ways) {
    const count = Number(node.settings.ways ?? ways.default ?? 2);
    return Array.from({ length: count }, (_, at) => String(at + 1));
  }
  return kind.ports;
}

/** Whether a step of the kind has one way on at most, so that it fits into a list of steps. */
export function isPlain(kind: StepKind): boolean {
  const splits = kind.settings.some(({ type }) => type === "shares");
  return (
    !kind.forks && !kind.joins && !splits && portsOf({ settings: {} }, kind).every((port) => port === OUT)
  );
}

/** The nodes in the order in which a run meets them, and behind them those that nothing leads to. */
export function inOrder({ start, nodes }: Definition): FlowNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const found: FlowNode[] = [];
  const visit = (id: string | null | undefined) => {
    const node = id ? byId.get(id) : undefined;
    if (!node || seen.has(node.id)) return;
    seen.add(node.id);
    found.push(node);
    for (const target of Object.values(node.next)) visit(target);
  };
  visit(start);
  return [...found, ...nodes.filter(({ id }) => !seen.has(id))];
}

/** Whether the steps simply follow each other, each with one way on: then a list shows them all. */
export function isLinear(definition: Definition, kinds: ReadonlyMap<string, StepKind>): boolean {
  const ordered = inOrder(definition);
  if (ordered.length > 0 && definition.start !== ordered[0]?.id) return false;
  return ordered.every((node, at) => {
    const kind = kinds.get(node.kind);
    if (kind && !isPlain(kind)) return false;
    const targets = Object.entries(node.next);
    const following = ordered[at + 1];
    if (targets.length === 0) return !following;
    return targets.length === 1 && targets[0]?.[0] === OUT && targets[0][1] === following?.id;
  });
}

/** The definition whose steps follow each other in this order. */
export function chained(
  definition: Definition,
  nodes: readonly FlowNode[],
  endless: ReadonlySet<string>,
): Definition {
  const linked = nodes.map((node, at) => {
    const following = nodes[at + 1];
    const next: FlowNode["next"] = following && !endless.has(node.kind) ? { [OUT]: following.id } : {};
    return { ...node, next };
  });
  return { ...definition, start: linked[0]?.id ?? null, nodes: linked };
}

/** An id that no part of the definition has. */
export function freeId(definition: Definition, letter: "n" | "t" | "c"): string {
  const { nodes, triggers, notes = [] } = definition;
  const taken = new Set([...nodes, ...triggers, ...notes].map(({ id }) => id));
  let number = 1;
  while (taken.has(`${letter}${number}`)) number++;
  return `${letter}${number}`;
}

/** Settings as a new part begins with them: what its kind says, where it says something. */
export function beginSettings(kind: PartKind): FieldSettings {
  return Object.fromEntries(
    kind.settings.flatMap(({ name, default: value, type }) => {
      if (value !== null && value !== undefined) return [[name, value]];
      if (type === "branches") return [[name, [{ port: "b1", when: null }]]];
      return type === "shares" ? [[name, ["s1", "s2"].map((port) => ({ port, weight: 1 }))]] : [];
    }),
  );
}

/** The definition about another object; what its triggers asked of the one before is let go. */
export function withObject(definition: Definition, object: string | null, palette: Palette): Definition {
  const begun = (trigger: FlowTrigger): FlowTrigger => {
    const kind = palette.triggers.find(({ key }) => key === trigger.kind);
    return { ...trigger, settings: kind ? beginSettings(kind) : {} };
  };
  return { ...definition, object, triggers: definition.triggers.map(begun) };
}

/** The definition without a node: whatever led to it leads to where it led. */
export function without(definition: Definition, id: string): Definition {
  const gone = definition.nodes.find((node) => node.id === id);
  const onward = gone ? (gone.next[OUT] ?? Object.values(gone.next)[0]) : undefined;
  const led = onward === id ? undefined : onward;
  return {
    ...definition,
    start: definition.start === id ? (led ?? null) : definition.start,
    nodes: definition.nodes
      .filter((node) => node.id !== id)
      .map((node) => ({
        ...node,
        next: Object.fromEntries(
          Object.entries(node.next).flatMap(([port, target]) =>
            target === id ? (led ? [[port, led]] : []) : [[port, target]],
          ),
        ),
      })),
  };
}

/** The definition with another node behind a port; what stood there follows the new one, where that has a way on. */
export function insertedAfter(
  definition: Definition,
  made: FlowNode,
  ports: readonly string[],
  after: { id: string; port: string } | null,
): Definition {
  const behind = after
    ? definition.nodes.find(({ id }) => id === after.id)?.next[after.port]
    : (definition.start ?? undefined);
  const [first] = ports;
  const node = { ...made, next: behind && first ? { [first]: behind } : {} };
  const nodes = definition.nodes.map((one) =>
    after && one.id === after.id ? { ...one, next: { ...one.next, [after.port]: node.id } } : one,
  );
  return { ...definition, start: after ? definition.start : node.id, nodes: [...nodes, node] };
}

/** The definition without connections that its kinds do not know any more, such as those of a branch that is gone. */
export function tidied(definition: Definition, kinds: ReadonlyMap<string, StepKind>): Definition {
  return {
    ...definition,
    nodes: definition.nodes.map((node) => {
      const ports = new Set([...portsOf(node, kinds.get(node.kind)), ERROR]);
      const kept = Object.entries(node.next).filter(([port]) => ports.has(port));
      return kept.length === Object.keys(node.next).length
        ? node
        : { ...node, next: Object.fromEntries(kept) };
    }),
  };
}

/** Names under which steps remember records. */
export function variablesOf(nodes: readonly FlowNode[]): string[] {
  return nodes.flatMap(({ settings }) =>
    typeof settings.as === "string" && settings.as ? [settings.as] : [],
  );
}

/** JSON with its keys in order, so that equal definitions have equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, each]) => each !== undefined)
            .sort(([one], [other]) => (one < other ? -1 : 1)),
        )
      : inner,
  );
}

/** Whether two definitions say the same; where their parts stand on the canvas, and what lies beside, does not matter. */
export function saysTheSame(one: Definition, other: Definition): boolean {
  const said = ({ notes: _, ...definition }: Definition) =>
    canonical({
      ...definition,
      triggers: definition.triggers.map(({ at: _, ...trigger }) => trigger),
      nodes: [...definition.nodes].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ at: _, ...node }) => node),
    });
  return said(one) === said(other);
}
