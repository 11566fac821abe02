import { expect, test } from "vitest";
import { monthBack } from "./days";

test("months end on their own last day, over the turn of a year too", () => {
  expect(monthBack(0, new Date(2026, 1, 10))).toEqual(["2026-02-01", "2026-02-28"]);
  expect(monthBack(1, new Date(2026, 0, 31))).toEqual(["2025-12-01", "2025-12-31"]);
});
