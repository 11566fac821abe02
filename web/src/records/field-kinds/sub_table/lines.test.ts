/** Totals of lines are exact, and edits stand over what is saved. */
import { expect, test } from "vitest";
import type { Field } from "@/api/types";
import { addUp, linesOnScreen, sumOf } from "./lines";

test.each([
  [["0.1", "0.2"], "0.3"],
  [["1", "2.50", "-4"], "-0.5"],
  [["9007199254740993", "1"], "9007199254740994"],
  [["10", "90"], "100"],
  [["-1", "1"], "0"],
  [["x", "1"], null],
])("%j add up to %s", (values, sum) => {
  expect(addUp(values)).toBe(sum);
});

test("amounts of several currencies have no sum", () => {
  const column = { key: "price", kind: "money" } as Field;
  const line = (amount: string, currency: string) => ({ price: { amount, currency } });

  expect(sumOf(column, [line("1.5", "CNY"), line("2", "CNY")])).toEqual({ amount: "3.5", currency: "CNY" });
  expect(sumOf(column, [line("1.5", "CNY"), line("2", "USD")])).toBeNull();
  expect(sumOf(column, [{}])).toBeNull();
});

test("edited lines replace saved ones, deleted ones are gone, new ones come last", () => {
  const saved = [
    { id: "a", rev: 1, name: "甲" },
    { id: "b", rev: 1, name: "乙" },
  ];

  const shown = linesOnScreen(saved, [
    { values: { name: "丙" } },
    { id: "a", rev: 1, values: { name: "改" } },
    { id: "b", rev: 1, delete: true },
  ]);

  expect(shown.map((line) => line.name)).toEqual(["改", "丙"]);
});
