import { expect, test } from "vitest";
import { FLOWS, flow, isSound, KEYS, kinds, type Random, step } from "../flows-for-tests";
import { canonical, type Definition } from "../model";
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
import { arranged, placed } from "./places";
import { END, graphOf } from "./shape";

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

test("typing in one place is undone at once, and a new change forgets what was undone", () => {
  let history: History<number> = NO_HISTORY;
  history = did(history, 1, "name");
  history = did(history, 2, "name");
  expect(undone(history, 3)?.value).toBe(1);
  const back = undone(history, 3);
  expect(redone(did(back?.history ?? NO_HISTORY, 1), 9)).toBeNull();
});
