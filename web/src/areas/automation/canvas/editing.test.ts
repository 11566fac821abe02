import { expect, test } from "vitest";
import type { KindSetting } from "@/api/types";
import { canonical, type Definition, type FlowNode, type Place, type StepKind } from "../model";
import { behindChosen, openPortAbove } from "./adding";
import {
  connected,
  copied,
  disconnected,
  inserted,
  insertedBefore,
  insertedInTree,
  joinedUp,
  moved,
  pasted,
  pruned,
  removed,
} from "./editing";
import { did, type History, NO_HISTORY, redone, undone } from "./history";
import { neighbour } from "./keys";
import { arrange, arranged, freePlace, HEIGHT, placed, WIDTH } from "./places";
import { END, graphOf, treeOf } from "./shape";

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
  ...more,
});

const kinds = new Map(
  [
    kind("update"),
    kind("stop", { ports: [] }),
    kind("branch", { settings: [setting("branches", "branches")], ports: ["else"] }),
    kind("parallel", { settings: [setting("ways", "whole")], ports: ["1", "2"], forks: true }),
    kind("join", { joins: true }),
    kind("approve", { ports: ["approved", "rejected"] }),
  ].map((one) => [one.key, one]),
);
const KEYS = [...kinds.keys()];
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
type Random = ReturnType<typeof random>;

const step = (id: string, key = "update", next: Record<string, string> = {}, at?: Place): FlowNode => ({
  id,
  kind: key,
  settings: key === "branch" ? ONE_BRANCH : {},
  next,
  at,
});

const flow = (start: string | null, ...nodes: FlowNode[]): Definition => ({
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

const FLOWS = Array.from({ length: 200 }, (_, seed) => {
  const chance = random(seed + 1);
  return { chance, definition: anyFlow(chance) };
});

/** Every id once, and nothing leads to a step that does not exist. */
function isSound({ triggers, nodes, notes = [], start }: Definition): boolean {
  const all = [...triggers, ...nodes, ...notes].map(({ id }) => id);
  const known = new Set(nodes.map(({ id }) => id));
  return (
    new Set(all).size === all.length &&
    (start === null || known.has(start)) &&
    nodes.every(({ next }) => Object.values(next).every((target) => known.has(target)))
  );
}

const anyIds = (chance: Random, { nodes, notes = [] }: Definition) =>
  new Set([...nodes, ...notes].map(({ id }) => id).filter(() => chance.upTo(2) > 0));

test("whatever is done to whatever flow leaves it sound, and doing it back and forth again leaves nothing behind", () => {
  for (const { chance, definition } of FLOWS) {
    let now = definition;
    let history: History<Definition> = NO_HISTORY;
    const seen = [now];
    for (let turn = 0; turn < 12; turn++) {
      const before = now;
      const made = step(`m${turn}`, chance.of(KEYS));
      const ids = now.nodes.map(({ id }) => id);
      const acts = [
        () => inserted(now, made, kinds, undefined, { x: chance.upTo(500), y: chance.upTo(500) }),
        () =>
          inserted(
            now,
            made,
            kinds,
            chance.of([null, ...graphOf(now).ways.map(({ behind }) => behind ?? null)]),
          ),
        () => insertedInTree(now, made, kinds, null, null),
        () => removed(now, anyIds(chance, now)),
        () => pasted(now, copied(now, anyIds(chance, now)), kinds).definition,
        () => moved(now, new Map(ids.map((id) => [id, { x: chance.upTo(900), y: chance.upTo(900) }]))),
        () => (ids.length > 0 ? connected(now, chance.of(ids), "out", chance.of(ids)) : now),
        () => (ids.length > 0 ? disconnected(now, chance.of(ids), "out") : now),
        () => arranged(now),
        () => pruned(now, removed(now, anyIds(chance, now))),
      ];
      now = chance.of(acts)();
      expect(isSound(now)).toBe(true);
      history = did(history, before);
      seen.push(now);
    }
    for (const expected of seen.slice(0, -1).reverse()) {
      const step = undone(history, now);
      if (!step) throw new Error("there is more to undo");
      ({ history, value: now } = step);
      expect(now).toBe(expected);
    }
    expect(undone(history, now)).toBeNull();
    for (const expected of seen.slice(1)) {
      const step = redone(history, now);
      if (!step) throw new Error("there is more to do again");
      ({ history, value: now } = step);
      expect(now).toBe(expected);
    }
  }
});

test("what is pasted has ids of its own and the ways between its own steps, and touches nothing that was there", () => {
  for (const { chance, definition } of FLOWS) {
    const ids = anyIds(chance, definition);
    const original = copied(definition, ids);
    const { definition: next, made } = pasted(definition, original, kinds);
    expect(made.size).toBe(original.nodes.length + original.notes.length);
    const before = placed(definition);
    expect(canonical(next.nodes.slice(0, before.nodes.length))).toBe(canonical(before.nodes));
    const fresh = next.nodes.slice(before.nodes.length);
    const inner = original.nodes.flatMap(({ next: ways }) => Object.values(ways).filter((to) => ids.has(to)));
    expect(fresh.flatMap((node) => Object.values(node.next))).toHaveLength(inner.length);
    for (const node of fresh) for (const to of Object.values(node.next)) expect(made.has(to)).toBe(true);
  }
});

test("put in order, no two parts of any flow lie on each other, and ways lead down where there is no round", () => {
  for (const { definition } of FLOWS) {
    for (const graph of [graphOf(definition), treeOf(definition, kinds)]) {
      const places = [...arrange(graph).places.values()];
      for (const [at, one] of places.entries())
        for (const other of places.slice(at + 1))
          expect(Math.abs(one.x - other.x) >= WIDTH || Math.abs(one.y - other.y) >= 1).toBe(true);
    }
  }
  const straight = flow(
    "n1",
    step("n1", "branch", { b1: "n2", else: "n3" }),
    step("n2", "update", { out: "n4" }),
    step("n3", "update", { out: "n4" }),
    step("n4"),
  );
  const { places } = arrange(graphOf(straight));
  const y = (id: string) => places.get(id)?.y ?? Number.NaN;
  const x = (id: string) => places.get(id)?.x ?? Number.NaN;
  for (const { from, to } of graphOf(straight).ways) expect(y(to) - y(from)).toBeGreaterThan(HEIGHT);
  // The ways stand in the order of the branches, side by side.
  expect(x("n2")).toBeLessThan(x("n3"));
  expect(y("n2")).toBe(y("n3"));
});

test("a step put on a way makes room: what follows moves down, what stands beside does not", () => {
  const begun = flow(
    "n1",
    step("n1", "update", { out: "n2" }, { x: 0, y: 0 }),
    step("n2", "update", {}, { x: 0, y: 156 }),
    step("n3", "update", {}, { x: 600, y: 156 }),
  );
  const next = inserted({ ...begun, triggers: [] }, step("n4"), kinds, { id: "n1", port: "out" });
  const at = Object.fromEntries(next.nodes.map((node) => [node.id, node.at]));
  expect(at).toEqual({
    n1: { x: 0, y: 0 },
    n4: { x: 0, y: 156 },
    n2: { x: 0, y: 312 },
    n3: { x: 600, y: 156 },
  });
  expect(next.nodes.map(({ id, next: ways }) => [id, ways])).toEqual([
    ["n1", { out: "n4" }],
    ["n2", {}],
    ["n3", {}],
    ["n4", { out: "n2" }],
  ]);
});

test("in the simple mode branches meet again, parallel ways at a join, and before it a step is put for all of them", () => {
  const begun = flow("n1", step("n1"));
  const branched = insertedInTree(begun, step("n2", "branch"), kinds, null, null);
  expect(branched.nodes.find(({ id }) => id === "n2")?.next).toEqual({ b1: "n1", else: "n1" });
  const parallel = insertedInTree(
    begun,
    step("n2", "parallel"),
    kinds,
    { id: "n1", port: "out" },
    step("n3", "join"),
  );
  expect(parallel.nodes.map(({ id, next }) => [id, next])).toEqual([
    ["n1", { out: "n2" }],
    ["n2", { "1": "n3", "2": "n3" }],
    ["n3", {}],
  ]);
  const before = insertedBefore(branched, step("n4"), kinds, "n1", null);
  expect(before.nodes.find(({ id }) => id === "n2")?.next).toEqual({ b1: "n4", else: "n4" });
  expect(before.nodes.find(({ id }) => id === "n4")?.next).toEqual({ out: "n1" });
  const last = insertedBefore(flow("n2", step("n2", "branch")), step("n4"), kinds, END, null);
  expect(last.nodes.find(({ id }) => id === "n2")?.next).toEqual({ b1: "n4", else: "n4" });
});

test("in the simple mode a way that a step is given later leads to where its other ways meet", () => {
  const begun = flow(
    "n1",
    step("n1", "parallel", { "1": "n2", "2": "n3" }),
    step("n2", "update", { out: "n3" }),
    step("n3", "join", { out: "n4" }),
    step("n4"),
  );
  const after = {
    ...begun,
    nodes: begun.nodes.map((node) => (node.id === "n1" ? { ...node, settings: { ways: 4 } } : node)),
  };
  expect(joinedUp(begun, after, kinds).nodes[0]?.next).toEqual({
    "1": "n2",
    "2": "n3",
    "3": "n3",
    "4": "n3",
  });
  expect(joinedUp(begun, begun, kinds)).toBe(begun);
});

test("the tree has one end, a card for each way of a branch, and no card for the rejection that leads nowhere", () => {
  const { parts } = treeOf(flow("n1", step("n1", "branch", { else: "n2" }), step("n2", "approve")), kinds);
  expect(parts.map(({ id, type }) => [id, type])).toEqual([
    ["t1", "trigger"],
    ["n1", "step"],
    ["n1:b1/", "way"],
    ["n1:else/", "way"],
    ["n2", "step"],
    [END, "end"],
  ]);
});

test("what is taken out of the tree takes along what only it led to", () => {
  const begun = flow(
    "n1",
    step("n1", "branch", { b1: "n2", else: "n3" }),
    step("n2", "update", { out: "n4" }),
    step("n3", "update", { out: "n4" }),
    step("n4"),
  );
  const left = pruned(begun, removed(begun, new Set(["n1"])));
  expect(left.nodes.map(({ id }) => id)).toEqual(["n2", "n4"]);
  expect(left.start).toBe("n2");
});

test("a step that is added goes behind the chosen one, else to the end; one that is dropped, to the open port above", () => {
  const begun = flow(
    "n1",
    step("n1", "update", { out: "n2" }, { x: 0, y: 0 }),
    step("n2", "update", {}, { x: 0, y: 156 }),
  );
  expect(behindChosen(begun, "n1", kinds)).toEqual({ id: "n1", port: "out" });
  expect(behindChosen(begun, null, kinds)).toEqual({ id: "n2", port: "out" });
  expect(behindChosen(flow(null), null, kinds)).toBeNull();
  expect(openPortAbove(begun, { x: 30, y: 300 }, kinds)).toEqual({ id: "n2", port: "out" });
  expect(openPortAbove(begun, { x: 700, y: 300 }, kinds)).toBeUndefined();
});

test("arrow keys go to the neighbour that lies that way", () => {
  const parts = new Map(Object.entries({ a: { x: 0, y: 0 }, b: { x: 0, y: 150 }, c: { x: 300, y: 150 } }));
  expect([
    neighbour(parts, "a", "down"),
    neighbour(parts, "b", "right"),
    neighbour(parts, "c", "up"),
  ]).toEqual(["b", "c", "a"]);
  expect(neighbour(parts, "a", "up")).toBeNull();
  expect(freePlace({ x: 1, y: 1 }, [{ x: 0, y: 0 }])).toEqual({ x: WIDTH + 12, y: 0 });
});

test("typing in one place is undone at once, and a new change forgets what was undone", () => {
  let history: History<number> = NO_HISTORY;
  history = did(history, 1, "name");
  history = did(history, 2, "name");
  expect(undone(history, 3)?.value).toBe(1);
  const back = undone(history, 3);
  expect(redone(did(back?.history ?? NO_HISTORY, 1), 9)).toBeNull();
});
