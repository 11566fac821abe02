/** What is done to a flow on its canvas. Every function answers a new definition; ids are never given twice. */
import {
  type Definition,
  ELSE,
  type FlowNode,
  type FlowNote,
  freeId,
  insertedAfter,
  type Place,
  portsOf,
  tidied,
  without,
} from "../model";
import { DOWN, freePlace, placed, snapped } from "./places";
import { type Behind, graphOf, type Kinds, START, treeOf } from "./shape";

/** A step put behind a port, at a place or right under what it follows; what stood in its way moves down. */
export function inserted(
  definition: Definition,
  made: FlowNode,
  kinds: Kinds,
  behind: Behind | undefined,
  at?: Place,
): Definition {
  const before = placed(definition);
  if (behind === undefined) {
    const lone = { ...made, at: at ? snapped(at) : lowest(before) };
    return {
      ...before,
      start: before.nodes.length === 0 ? made.id : before.start,
      nodes: [...before.nodes, lone],
    };
  }
  const parts = [...before.triggers, ...before.nodes];
  const above = parts.find(({ id }) => id === (behind?.id ?? before.triggers[0]?.id))?.at;
  const following = behind
    ? before.nodes.find(({ id }) => id === behind.id)?.next[behind.port]
    : before.start;
  const wanted = at
    ? snapped(at)
    : following
      ? (parts.find(({ id }) => id === following)?.at ?? { x: 0, y: 0 })
      : above
        ? { x: above.x, y: above.y + DOWN }
        : { x: 0, y: 0 };
  const roomy = following && !at ? movedDown(before, following, wanted.y) : before;
  const place = at || following ? wanted : freePlace(wanted, taken(roomy));
  return insertedAfter(roomy, { ...made, at: place }, portsOf(made, kinds.get(made.kind)), behind);
}

/** As `inserted` in the simple mode: all ways of a new branch meet again, those of a parallel at a join of their own. */
export function insertedInTree(
  definition: Definition,
  made: FlowNode,
  kinds: Kinds,
  behind: Behind,
  join: FlowNode | null,
): Definition {
  const following =
    (behind ? definition.nodes.find(({ id }) => id === behind.id)?.next[behind.port] : definition.start) ??
    null;
  const ports = portsOf(made, kinds.get(made.kind));
  const meets = ports.includes(ELSE);
  const next = insertedAfter(definition, made, ports, behind);
  if (!join && !meets) return next;
  const target = join ? join.id : following;
  return {
    ...next,
    nodes: [
      ...next.nodes.map((node) =>
        node.id === made.id
          ? { ...node, next: target ? Object.fromEntries(ports.map((port) => [port, target])) : {} }
          : node,
      ),
      ...(join ? [{ ...join, next: following ? { out: following } : {} }] : []),
    ],
  };
}

/** The definition in which ways that a step was given since lead to where its other ways meet, as in the simple mode. */
export function joinedUp(before: Definition, after: Definition, kinds: Kinds): Definition {
  const nodes = after.nodes.map((node) => {
    const was = before.nodes.find(({ id }) => id === node.id);
    if (!was) return node;
    const old = new Set(portsOf(was, kinds.get(was.kind)));
    const fresh = portsOf(node, kinds.get(node.kind)).filter((port) => !old.has(port));
    const target = fresh.length > 0 ? meetingOf(after, node) : undefined;
    if (!target) return node;
    return { ...node, next: { ...Object.fromEntries(fresh.map((port) => [port, target])), ...node.next } };
  });
  return nodes.every((node, at) => node === after.nodes[at]) ? after : { ...after, nodes };
}

/** The first step at which all ways of another one arrive. */
function meetingOf(definition: Definition, node: FlowNode): string | undefined {
  const arriving = Object.values(node.next).map((start) => reached({ ...definition, start }));
  const [first, ...others] = arriving;
  return [...(first ?? [])].find((id) => others.every((one) => one.has(id)));
}

/** A step put where several ways meet, in front of `target`: all of them lead to it, and it leads on. */
export function insertedBefore(
  definition: Definition,
  made: FlowNode,
  kinds: Kinds,
  target: string,
  join: FlowNode | null,
): Definition {
  const { ways } = treeOf(definition, kinds);
  const meeting = ways.flatMap(({ to, behind }) => (to === target && behind !== undefined ? [behind] : []));
  const [first, ...others] = meeting;
  if (first === undefined) return definition;
  let next = insertedInTree(definition, made, kinds, first, join);
  for (const behind of others)
    next = behind ? connected(next, behind.id, behind.port, made.id) : { ...next, start: made.id };
  return next;
}

const taken = ({ triggers, nodes }: Definition) =>
  [...triggers, ...nodes].flatMap(({ at }) => (at ? [at] : []));

function lowest(definition: Definition): Place {
  const all = taken(definition);
  if (all.length === 0) return { x: 0, y: 0 };
  const bottom = all.reduce((low, one) => (one.y > low.y ? one : low));
  return { x: bottom.x, y: bottom.y + DOWN };
}

/** Room for one more: what stands at or under a height on the ways from a step moves down. */
function movedDown(definition: Definition, from: string, height: number): Definition {
  const { ways } = graphOf(definition);
  const moving = new Set([from]);
  const waiting = [from];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop())
    for (const { from: source, to } of ways)
      if (source === one && !moving.has(to)) {
        moving.add(to);
        waiting.push(to);
      }
  return {
    ...definition,
    nodes: definition.nodes.map((node) =>
      node.at && moving.has(node.id) && node.at.y >= height
        ? { ...node, at: { x: node.at.x, y: node.at.y + DOWN } }
        : node,
    ),
  };
}

/** Parts at other places. */
export function moved(definition: Definition, places: ReadonlyMap<string, Place>): Definition {
  const put = <P extends { id: string; at?: Place }>(part: P): P => {
    const at = places.get(part.id);
    return at ? { ...part, at: snapped(at) } : part;
  };
  const all = placed(definition);
  return {
    ...all,
    triggers: all.triggers.map(put),
    nodes: all.nodes.map(put),
    ...(all.notes ? { notes: all.notes.map(put) } : {}),
  };
}

/** A way from a port to a step; a trigger's leads to the step that the flow begins with. */
export function connected(definition: Definition, from: string, port: string, to: string): Definition {
  if (!definition.nodes.some(({ id }) => id === to) || from === to) return definition;
  if (port === START && definition.triggers.some(({ id }) => id === from))
    return { ...definition, start: to };
  return {
    ...definition,
    nodes: definition.nodes.map((node) =>
      node.id === from ? { ...node, next: { ...node.next, [port]: to } } : node,
    ),
  };
}

/** The definition without a way. */
export function disconnected(definition: Definition, from: string, port: string): Definition {
  if (definition.triggers.some(({ id }) => id === from)) return { ...definition, start: null };
  return {
    ...definition,
    nodes: definition.nodes.map((node) => {
      if (node.id !== from) return node;
      const { [port]: _, ...next } = node.next;
      return { ...node, next };
    }),
  };
}

/** The definition without some parts; a step that is taken out leaves its neighbours connected. */
export function removed(definition: Definition, ids: ReadonlySet<string>): Definition {
  const left = {
    ...definition,
    triggers: definition.triggers.filter(({ id }) => !ids.has(id)),
    ...(definition.notes ? { notes: definition.notes.filter(({ id }) => !ids.has(id)) } : {}),
  };
  return definition.nodes.reduce((now, { id }) => (ids.has(id) ? without(now, id) : now), left);
}

/** The definition without the steps that could be reached before and cannot be any more. */
export function pruned(before: Definition, after: Definition): Definition {
  const was = reached(before);
  const is = reached(after);
  const lost = new Set([...was].filter((id) => !is.has(id)));
  if (lost.size === 0) return after;
  const nodes = after.nodes.filter(({ id }) => !lost.has(id));
  return {
    ...after,
    nodes: nodes.map((node) => ({
      ...node,
      next: Object.fromEntries(Object.entries(node.next).filter(([, target]) => !lost.has(target))),
    })),
  };
}

function reached({ start, nodes }: Definition): Set<string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Set<string>();
  const waiting = start ? [start] : [];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = byId.get(id);
    if (!node || found.has(id)) continue;
    found.add(id);
    waiting.push(...Object.values(node.next));
  }
  return found;
}

/** Steps and comments that were copied, with the ways between them. */
export interface Copied {
  nodes: FlowNode[];
  notes: FlowNote[];
}

export function copied(definition: Definition, ids: ReadonlySet<string>): Copied {
  const all = placed(definition);
  return {
    nodes: all.nodes.filter(({ id }) => ids.has(id)),
    notes: (all.notes ?? []).filter(({ id }) => ids.has(id)),
  };
}

/** What was copied once more, beside the original, with ids of its own; `made` are those. */
export function pasted(
  definition: Definition,
  { nodes, notes }: Copied,
  kinds: Kinds,
  shift: Place = { x: 36, y: 36 },
): { definition: Definition; made: ReadonlySet<string> } {
  let next: Definition = placed(definition);
  const ids = new Map<string, string>();
  for (const node of nodes) {
    const id = freeId(next, "n");
    ids.set(node.id, id);
    next = { ...next, nodes: [...next.nodes, { ...node, id, at: shifted(node.at, shift), next: {} }] };
  }
  for (const note of notes) {
    const id = freeId(next, "c");
    ids.set(note.id, id);
    next = { ...next, notes: [...(next.notes ?? []), { ...note, id, at: shifted(note.at, shift) }] };
  }
  const made = new Set(ids.values());
  const inside = new Map(
    nodes.map((node) => [
      ids.get(node.id),
      Object.fromEntries(
        Object.entries(node.next).flatMap(([port, target]) => {
          const id = ids.get(target);
          return id ? [[port, id]] : [];
        }),
      ),
    ]),
  );
  next = {
    ...next,
    start: next.start ?? (definition.nodes.length === 0 ? (ids.get(nodes[0]?.id ?? "") ?? null) : null),
    nodes: next.nodes.map((node) =>
      inside.has(node.id) ? { ...node, next: inside.get(node.id) ?? {} } : node,
    ),
  };
  return { definition: tidied(next, kinds), made };
}

const shifted = (at: Place | undefined, by: Place): Place =>
  snapped({ x: (at?.x ?? 0) + by.x, y: (at?.y ?? 0) + by.y });
