import { expect, test } from "vitest";
import { secondsLeft } from "./idle-watch";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const rules = { second_factor: false, idle_minutes: null, ends_at: null, watermark: false };

test("nothing ends where no role says so", () => {
  expect(secondsLeft(rules, 999_999, NOW)).toBe(Number.POSITIVE_INFINITY);
});

test("the sooner of both ends counts", () => {
  expect(secondsLeft({ ...rules, idle_minutes: 15 }, 600, NOW)).toBe(300);
  expect(secondsLeft({ ...rules, ends_at: "2026-11-22T10:01:30Z" }, 0, NOW)).toBe(90);
  expect(secondsLeft({ ...rules, idle_minutes: 15, ends_at: "2026-11-22T10:01:30Z" }, 880, NOW)).toBe(20);
});

test("what is past is past", () => {
  expect(secondsLeft({ ...rules, idle_minutes: 1 }, 75, NOW)).toBe(-15);
});
