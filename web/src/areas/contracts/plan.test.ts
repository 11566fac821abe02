import { expect, test } from "vitest";
import { missingOf, plannedOf, type Typed } from "./plan";

const part = (value: string, more: Partial<Typed> = {}): Typed => ({
  key: value,
  name: "首付款",
  value,
  event: "date",
  days: "",
  due_on: "2026-12-01",
  ...more,
});

test("shares and amounts together leave nothing of the total", () => {
  expect(missingOf("1000", [part("30%"), part("70％")])).toBe(0);
  expect(missingOf("1000", [part("300.1"), part("30%")])).toBe(399.9);
  expect(missingOf("0.3", [part("0.1"), part("0.2")])).toBe(0);
  expect(missingOf("100", [part("120")])).toBe(-20);
  expect(missingOf("100", [part("x")])).toBeNaN();
});

test("a percent sign makes a share, and only what is due by an event has days", () => {
  expect(plannedOf(part("30 %"))).toMatchObject({
    percent: "30",
    amount: null,
    due_on: "2026-12-01",
    days: null,
  });
  expect(plannedOf(part("1,200", { event: "delivery", days: "15" }))).toMatchObject({
    percent: null,
    amount: "1200",
    due_on: null,
    days: 15,
  });
});
