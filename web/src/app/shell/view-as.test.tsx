import { describe, expect, it } from "vitest";
import { minutesLeft } from "./view-as-bar";

describe("the time that is left to look as somebody else", () => {
  const until = "2026-11-28T10:00:00Z";

  it.each([
    ["2026-11-28T09:00:00Z", 60],
    ["2026-11-28T09:59:01Z", 1],
    ["2026-11-28T10:00:00Z", 0],
    ["2026-11-28T11:00:00Z", 0],
  ])("counts whole minutes at %s", (now, left) => {
    expect(minutesLeft(until, Date.parse(now))).toBe(left);
  });
});
