/** Where the marks of a chart stand. */
import { expect, test } from "vitest";
import { amountOf, linePoints, slices } from "./chart-shapes";

const marks = (...amounts: number[]) => amounts.map((amount, at) => ({ name: String(at), amount }));

test("a line goes from edge to edge, the most at the top", () => {
  expect(linePoints(marks(0, 5, 10), 100, 50)).toBe("0,50 50,25 100,0");
});

test("one mark alone is a level line", () => {
  expect(linePoints(marks(4), 100, 50)).toBe("0,0 100,0");
});

test("less than nothing stands at the bottom", () => {
  expect(linePoints(marks(-10, 10), 100, 50)).toBe("0,50 100,0");
});

test("a pie has a slice for each share, and a whole one for a single one", () => {
  expect(slices(marks(1, 1))).toEqual(["M 0 0 L 0 -1 A 1 1 0 0 1 0 1 Z", "M 0 0 L 0 1 A 1 1 0 0 1 0 -1 Z"]);
  expect(slices(marks(3, 0))[0]).toMatch(/^M 0 -1 A/);
  expect(slices(marks(3, 0))[1]).toBe("");
  expect(slices(marks(0, 0))).toEqual([]);
});

test("numbers are read from money, text and nothing", () => {
  expect(amountOf({ amount: "12.50", currency: "CNY" })).toBe(12.5);
  expect(amountOf("7")).toBe(7);
  expect(amountOf(null)).toBe(0);
});
