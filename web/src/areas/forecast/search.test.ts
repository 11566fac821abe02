import { expect, test } from "vitest";
import { parseForecastSearch, periodBeside } from "./search";

test.each([
  ["month", "2026-01-01", -1, "2025-12-01"],
  ["month", "2026-12-01", 1, "2027-01-01"],
  ["quarter", "2026-10-01", 1, "2027-01-01"],
  ["year", "2026-01-01", -1, "2025-01-01"],
] as const)("the %s beside %s by %i begins on %s", (unit, begins, steps, expected) => {
  expect(periodBeside(unit, begins, steps)).toBe(expected);
});

test("a broken part of the address is as if it was absent", () => {
  expect(parseForecastSearch({ tab: "everything", period: "week", company: 1, day: 5 })).toEqual({
    tab: undefined,
    period: undefined,
    company: "1",
  });
});
