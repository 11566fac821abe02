/** What people type and paste is read the way they mean it. */
import dayjs from "dayjs";
import { describe, expect, test } from "vitest";
import { parseAddress } from "./address/value";
import { parseDate, parseDateTime } from "./date-text";
import { readMoney } from "./money/value";
import { parseDecimal } from "./number-text";
import { safeHref } from "./url/value";

const now = dayjs("2026-11-22T10:00");

test.each([
  ["1234.50", "1234.5"],
  ["１，２３４", "1234"],
  ["3.2万", "32000"],
  ["1.5亿", "150000000"],
  ["12k", "12000"],
  ["(5)", "-5"],
  ["-0", "0"],
  ["¥99", "99"],
  [".5", "0.5"],
  ["0.1234567890123456789", "0.1234567890123456789"],
  ["", null],
  ["12a", undefined],
  ["1.2.3", undefined],
])("the number %s", (typed, expected) => {
  expect(parseDecimal(typed)).toBe(expected);
});

test.each([
  ["2026-11-21", "2026-11-21"],
  ["2026/1/5", "2026-01-05"],
  ["20261121", "2026-11-21"],
  ["2026年11月21日", "2026-11-21"],
  ["11月21日", "2026-11-21"],
  ["明天", "2026-11-23"],
  ["+3", "2026-11-25"],
  ["2026-02-30", undefined],
  ["", null],
  ["soon", undefined],
])("the day %s", (typed, expected) => {
  expect(parseDate(typed, now)).toBe(expected);
});

test.each([
  ["2026-11-21 16:30", "2026-11-21T16:30"],
  ["明天 9点", "2026-11-23T09:00"],
  ["16：05", "2026-11-22T16:05"],
  ["tomorrow 4pm", "2026-11-23T16:00"],
  ["2026-11-21", "2026-11-21T00:00"],
])("the time %s", (typed, local) => {
  expect(parseDateTime(typed, now)).toBe(dayjs(local).toISOString().replace(".000Z", "Z"));
});

test.each(["25:00", "2026-11-21 10:75", "later"])("the time %s is not one", (typed) => {
  expect(parseDateTime(typed, now)).toBeUndefined();
});

describe("amounts", () => {
  test("take the field's currency", () => {
    expect(readMoney("1,000", "CNY")).toEqual({ amount: "1000", currency: "CNY" });
  });

  test("take the currency that is written", () => {
    expect(readMoney("US$ 30", "CNY")).toEqual({ amount: "30", currency: "USD" });
  });
});

test.each([
  [
    "上海市浦东新区世纪大道100号",
    { province: "上海市", city: "上海市", district: "浦东新区", street: "世纪大道100号" },
  ],
  ["广东省深圳市南山区科技园", { province: "广东省", city: "深圳市", district: "南山区", street: "科技园" }],
  ["5 Main Street", { street: "5 Main Street" }],
])("the address %s", (line, expected) => {
  expect(parseAddress(line)).toEqual(expected);
});

test.each([
  ["example.com", "https://example.com/"],
  ["http://example.com/a?b=1", "http://example.com/a?b=1"],
  ["example.com:8080/x", "https://example.com:8080/x"],
  ["javascript:alert(1)", null],
  ["data:text/html,x", null],
  ["localhost", null],
])("the web address %s", (typed, expected) => {
  expect(safeHref(typed)).toBe(expected);
});
