import { expect, test } from "vitest";
import { flow, kinds, step } from "./flows-for-tests";
import {
  chained,
  type FlowNode,
  inOrder,
  insertedAfter,
  isLinear,
  portsOf,
  readDefinition,
  saysTheSame,
  tidied,
  without,
} from "./model";

const node = (id: string, next: Record<string, string> = {}, of = "update", settings = {}): FlowNode => ({
  ...step(id, of, next),
  settings,
});

const branches = {
  branches: [
    { port: "b1", when: null },
    { port: "b2", when: null },
  ],
};

test("steps that follow each other are a list; a branch, a round or a loose step is not", () => {
  expect(isLinear(flow("n1", node("n1", { out: "n2" }), node("n2")), kinds)).toBe(true);
  expect(isLinear(flow("n1", node("n2"), node("n1", { out: "n2" })), kinds)).toBe(true);
  expect(isLinear(flow(null), kinds)).toBe(true);
  expect(isLinear(flow("n1", node("n1"), node("n2")), kinds)).toBe(false);
  expect(isLinear(flow("n1", node("n1", { out: "n2" }), node("n2", { out: "n1" })), kinds)).toBe(false);
  expect(isLinear(flow("n1", node("n1", {}, "branch", branches)), kinds)).toBe(false);
});

test("a step has the ways out that its branches, its number of ways or its kind say", () => {
  expect(portsOf(node("n1", {}, "branch", branches), kinds.get("branch"))).toEqual(["b1", "b2", "else"]);
  expect(portsOf(node("n1", {}, "parallel", { ways: 3 }), kinds.get("parallel"))).toEqual(["1", "2", "3"]);
  expect(portsOf(node("n1"), kinds.get("update"))).toEqual(["out"]);
  expect(portsOf(node("n1"), kinds.get("stop"))).toEqual([]);
});

test("a list of steps is linked in its order, and nothing follows a step that ends the run", () => {
  const linked = chained(
    flow("n1", node("n1", { out: "n2" }), node("n2", {}, "stop"), node("n3")),
    [node("n3"), node("n2", {}, "stop"), node("n1", { out: "n2" })],
    new Set(["stop"]),
  );
  expect(linked.start).toBe("n3");
  expect(linked.nodes.map(({ id, next }) => [id, next])).toEqual([
    ["n3", { out: "n2" }],
    ["n2", {}],
    ["n1", {}],
  ]);
});

test("a step that is taken out leaves its neighbours connected", () => {
  const left = without(flow("n1", node("n1", { out: "n2" }), node("n2", { out: "n3" }), node("n3")), "n2");
  expect(left.nodes.map(({ id, next }) => [id, next])).toEqual([
    ["n1", { out: "n3" }],
    ["n3", {}],
  ]);
  expect(without(flow("n1", node("n1", { out: "n2" }), node("n2")), "n1").start).toBe("n2");
  expect(without(flow("n1", node("n1", { out: "n1" })), "n1")).toMatchObject({ start: null, nodes: [] });
});

test("a step put behind a way out leads on to what stood there", () => {
  const begun = flow("n1", node("n1", { b1: "n2" }, "branch", branches), node("n2"));
  const grown = insertedAfter(begun, node("n3"), ["out"], { id: "n1", port: "b1" });
  expect(inOrder(grown).map(({ id, next }) => [id, next])).toEqual([
    ["n1", { b1: "n3" }],
    ["n3", { out: "n2" }],
    ["n2", {}],
  ]);
  expect(insertedAfter(flow(null), node("n1"), ["out"], null)).toMatchObject({ start: "n1" });
});

test("connections of a branch that is gone are gone too", () => {
  const one = node("n1", { b1: "n2", b2: "n3", else: "n2" }, "branch", {
    branches: [{ port: "b1", when: null }],
  });
  const [first] = tidied(flow("n1", one, node("n2"), node("n3")), kinds).nodes;
  expect(first?.next).toEqual({ b1: "n2", else: "n2" });
});

test("where steps stand on the canvas is no difference, what they do is", () => {
  const one = flow("n1", node("n1", { out: "n2" }), node("n2"));
  const moved = { ...one, nodes: [...one.nodes].reverse().map((each) => ({ ...each, at: { x: 1, y: 2 } })) };
  expect(saysTheSame(one, moved)).toBe(true);
  expect(saysTheSame(one, flow("n1", node("n1", { out: "n2" }), node("n2", {}, "stop")))).toBe(false);
});

test("a definition is read from whatever the record holds", () => {
  expect(readDefinition(null)).toEqual({ object: null, triggers: [], start: null, nodes: [] });
  expect(readDefinition({ object: "company", nodes: [{ id: "n1", kind: "update" }] }).nodes).toEqual([
    node("n1"),
  ]);
});
