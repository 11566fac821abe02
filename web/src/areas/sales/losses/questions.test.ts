/** What stands behind a group, and how groups are ordered. */
import { expect, test } from "vitest";
import { behind, losses, rowsOf, winRate } from "./questions";

test("a month is followed up to the next one", () => {
  expect(behind("month", "all", "2026-12-01")).toEqual({
    and: [
      { and: [{ field: "status", op: "eq", value: "lost" }] },
      { field: "closed_on", op: "gte", value: "2026-12-01" },
      { field: "closed_on", op: "lt", value: "2027-01-01" },
    ],
  });
});

test("what is empty is followed to what is empty", () => {
  expect(behind("reason", "all", null)).toMatchObject({
    and: [{}, { field: "loss_reason", op: "is_empty" }],
  });
  expect(behind("competitor", "all", { id: "c1", title: "A" })).toMatchObject({
    and: [{}, { field: "competition.competitor", op: "eq", value: "c1" }],
  });
});

test("competitors are counted by their lines", () => {
  expect(losses("competitor", "this_year").object).toBe("opportunity_competitor");
  expect(losses("owner", "this_year").object).toBe("opportunity");
});

test("the most losses come first, months in their order", () => {
  const groups = [
    { keys: ["a"], count: 1, values: [null] },
    { keys: ["b"], count: 3, values: [{ amount: "5", currency: "CNY" }] },
  ];
  expect(rowsOf(groups, "reason", "CNY").map(({ key }) => key)).toEqual(["b", "a"]);
  expect(rowsOf(groups, "month", "CNY").map(({ key }) => key)).toEqual(["a", "b"]);
});

test.each([
  [0, 0, null],
  [1, 1, 50],
  [4238, 2473, 63.15],
])("of %i won and %i lost", (won, lost, rate) => {
  const found = winRate(won, lost);
  expect(found === null ? null : Math.round(found * 100) / 100).toBe(rate);
});
