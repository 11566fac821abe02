import { expect, test } from "vitest";
import { stageSums } from "./open-opportunities";
import { asMoney } from "./questions";

test("stages stand in their own order, sums keep their currency", () => {
  const groups = [
    { keys: [{ id: "b", title: "谈判" }], count: 2, values: [{ amount: "20", currency: "USD" }] },
    { keys: [{ id: "a", title: "接洽" }], count: 1, values: ["10"] },
    { keys: [null], count: 1, values: [null] },
  ];

  const sums = stageSums(
    groups,
    [
      { id: "a", rev: 1 },
      { id: "b", rev: 1 },
    ],
    "CNY",
  );

  expect(sums.map(({ name, amount }) => [name, amount.amount, amount.currency])).toEqual([
    ["接洽", "10", "CNY"],
    ["谈判", "20", "USD"],
    ["—", "0", "CNY"],
  ]);
});

test("a missing sum is nothing of the workspace's currency", () => {
  expect(asMoney(null, "CNY")).toEqual({ amount: "0", currency: "CNY" });
});
