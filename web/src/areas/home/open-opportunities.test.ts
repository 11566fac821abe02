import { expect, test } from "vitest";
import { barLengths, stageSums } from "./open-opportunities";

const groups = [
  { keys: [{ id: "b", title: "谈判" }], count: 2, values: [{ amount: "20", currency: "USD" }] },
  { keys: [{ id: "a", title: "接洽" }], count: 1, values: ["10"] },
  {
    keys: [{ id: "c", title: "报价" }],
    count: 4,
    values: [
      [
        { amount: "5", currency: "CNY" },
        { amount: "6", currency: "USD" },
      ],
    ],
  },
  { keys: [null], count: 1, values: [null] },
];
const stages = ["a", "b", "c"].map((id) => ({ id, rev: 1 }));

test("stages stand in their own order, sums keep their currency", () => {
  const sums = stageSums(groups, stages, "CNY");

  expect(sums.map(({ name, amounts }) => [name, amounts.map((one) => one.amount + one.currency)])).toEqual([
    ["接洽", ["10CNY"]],
    ["谈判", ["20USD"]],
    ["报价", ["5CNY", "6USD"]],
    ["—", ["0CNY"]],
  ]);
});

test("bars tell the worth in one currency, and numbers where several meet", () => {
  const own = stageSums([{ keys: [null], count: 9, values: ["10"] }], stages, "CNY");

  expect(barLengths(own)).toEqual([1]);
  expect(barLengths(stageSums(groups, stages, "CNY"))).toEqual([0.25, 0.5, 1, 0.25]);
});
