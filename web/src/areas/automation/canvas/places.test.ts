import { expect, test } from "vitest";
import { FLOWS, flow, kinds, step } from "../flows-for-tests";
import { behindChosen, openPortAbove } from "./adding";
import { neighbour } from "./keys";
import { arrange, freePlace, HEIGHT, WIDTH } from "./places";
import { END, graphOf, treeOf } from "./shape";
import { inward } from "./use-in-sight";

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

test("what lies outside goes as far as it has to; its beginning is seen where not all of it has room", () => {
  expect(inward(100, 200, 0, 400)).toBe(0);
  expect(inward(350, 450, 0, 400)).toBe(-66);
  expect(inward(-50, 50, 0, 400)).toBe(66);
  expect(inward(300, 900, 0, 400)).toBe(-284);
});
