/** Kinds of steps and flows of them, for tests. */
import type { KindSetting } from "@/api/types";
import { treeOf } from "./canvas/shape";
import type { Definition, FlowNode, Place, StepKind } from "./model";

const setting = (name: string, type: KindSetting["type"]): KindSetting => ({
  name,
  type,
  label: { "zh-CN": name, en: name },
  help: {},
  required: false,
  default: null,
  min: null,
  max: null,
  choices: [],
  of: null,
});

const kind = (key: string, more: Partial<StepKind> = {}): StepKind => ({
  key,
  label: { "zh-CN": key, en: key },
  help: {},
  icon: "box",
  group: "record",
  about_record: true,
  settings: [],
  ports: ["out"],
  waits: false,
  forks: false,
  joins: false,
  can_be_skipped: true,
  ...more,
});

export const kinds = new Map(
  [
    kind("update"),
    kind("stop", { ports: [] }),
    kind("branch", { settings: [setting("branches", "branches")], ports: ["else"] }),
    kind("parallel", { settings: [setting("ways", "whole")], ports: ["1", "2"], forks: true }),
    kind("join", { joins: true }),
    kind("approve", { ports: ["approved", "rejected"] }),
  ].map((one) => [one.key, one]),
);
export const KEYS = [...kinds.keys()];
const ONE_BRANCH = { branches: [{ port: "b1", when: null }] };

/** A source of numbers that are the same in every run. */
function random(seed: number) {
  let state = seed * 2_654_435_769 + 1;
  const next = () => {
    state = (state ^ (state << 13)) >>> 0;
    state = (state ^ (state >>> 17)) >>> 0;
    state = (state ^ (state << 5)) >>> 0;
    return state / 4_294_967_296;
  };
  return {
    upTo: (most: number) => Math.floor(next() * most),
    of: <T>(all: readonly T[]) => all[Math.floor(next() * all.length)] as T,
  };
}
export type Random = ReturnType<typeof random>;

export const step = (
  id: string,
  key = "update",
  next: Record<string, string> = {},
  at?: Place,
): FlowNode => ({
  id,
  kind: key,
  settings: key === "branch" ? ONE_BRANCH : {},
  next,
  at,
});

export const flow = (start: string | null, ...nodes: FlowNode[]): Definition => ({
  object: "company",
  triggers: [{ id: "t1", kind: "record.created", settings: {} }],
  start,
  nodes,
});

/** A flow of any form: loose steps, rounds, ways that meet. */
function anyFlow(chance: Random): Definition {
  const count = chance.upTo(8);
  const ids = Array.from({ length: count }, (_, at) => `n${at + 1}`);
  return {
    ...flow(
      count > 0 && chance.upTo(5) > 0 ? chance.of(ids) : null,
      ...ids.map((id) => {
        const made = step(id, chance.of(KEYS));
        const ports = treeOf(flow(null, made), kinds).ways.flatMap(({ behind }) =>
          behind ? [behind.port] : [],
        );
        const linked = ports.filter(() => chance.upTo(3) > 0).map((port) => [port, chance.of(ids)]);
        const at = chance.upTo(2) > 0 ? { x: chance.upTo(900), y: chance.upTo(900) } : undefined;
        return { ...made, next: Object.fromEntries(linked), at };
      }),
    ),
    notes: chance.upTo(2) > 0 ? [{ id: "c1", text: "why", at: { x: 5, y: 5 } }] : [],
  };
}

/** Two hundred of them, the same in every run. */
export const FLOWS = Array.from({ length: 200 }, (_, seed) => {
  const chance = random(seed + 1);
  return { chance, definition: anyFlow(chance) };
});

/** Every id once, and nothing leads to a step that does not exist. */
export function isSound({ triggers, nodes, notes = [], start }: Definition): boolean {
  const all = [...triggers, ...nodes, ...notes].map(({ id }) => id);
  const known = new Set(nodes.map(({ id }) => id));
  return (
    new Set(all).size === all.length &&
    (start === null || known.has(start)) &&
    nodes.every(({ next }) => Object.values(next).every((target) => known.has(target)))
  );
}
