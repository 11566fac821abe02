/** What is split, what is on top, and what is missing to the whole. */
import { expect, test } from "vitest";
import { sharesOf } from "./shares";

const line = (split_type: string | null, percent: string | null) => ({ split_type, percent });

test.each([
  [[], null, null, true],
  [[line(null, null)], null, null, true],
  [[line("revenue", "70"), line("revenue", "30.00")], "100", "0", true],
  [[line("revenue", "70")], "70", "30", false],
  [[line("revenue", "70"), line("revenue", "30.5")], "100.5", "-0.5", false],
  [[line("revenue", "33.33"), line("revenue", "66.67"), line("overlay", "10")], "100", "0", true],
  [[line("revenue", null)], "0", "100", false],
])("%j", (lines, revenue, left, whole) => {
  expect(sharesOf(lines)).toMatchObject({ revenue, left, whole });
});

test("overlays come on top", () => {
  expect(sharesOf([line("overlay", "10"), line("overlay", "5")])).toEqual({
    revenue: null,
    overlay: "15",
    left: null,
    whole: true,
  });
});
