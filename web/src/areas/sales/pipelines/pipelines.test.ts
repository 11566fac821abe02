import { describe, expect, test } from "vitest";
import { moved, placeOfNew, renumbered, type Stage } from "./pipelines";

const list = (...ids: string[]) => ids.map((id, at) => ({ id, position: at + 1 }));
const ids = (rows: { id: string }[]) => rows.map((row) => row.id).join("");

describe("a new order", () => {
  test.each([
    ["a", 2, "bca"],
    ["c", 0, "cab"],
    ["b", 1, "abc"],
    ["a", 9, "bca"],
    ["c", -1, "cab"],
    ["x", 0, "abc"],
  ])("%s to place %i gives %s", (id, to, order) => {
    expect(ids(moved(list("a", "b", "c"), id, to))).toBe(order);
  });

  test("writes only what stands elsewhere", () => {
    expect(renumbered(moved(list("a", "b", "c", "d"), "b", 2))).toEqual([
      { id: "c", values: { position: 2 } },
      { id: "b", values: { position: 3 } },
    ]);
    expect(renumbered(list("a", "b"))).toEqual([]);
    expect(renumbered([{ id: "a", position: null }])).toEqual([{ id: "a", values: { position: 1 } }]);
  });
});

test("a new open stage goes before the ends, an end after all", () => {
  const stages = ["open", "open", "won", "lost"].map((category) => ({ category }) as Stage);
  expect(placeOfNew(stages, "open")).toBe(2);
  expect(placeOfNew(stages, "won")).toBe(4);
  expect(placeOfNew([], "open")).toBe(0);
  expect(placeOfNew(stages.slice(0, 2), "open")).toBe(2);
});
