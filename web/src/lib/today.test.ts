import { expect, test } from "vitest";
import { dayIn } from "./today";

test("the day is that of the time zone, whatever that of the machine", () => {
  const moment = new Date("2026-12-31T17:30:00Z");

  expect(["Asia/Shanghai", "UTC", "America/Los_Angeles"].map((zone) => dayIn(zone, moment))).toEqual([
    "2027-01-01",
    "2026-12-31",
    "2026-12-31",
  ]);
});
