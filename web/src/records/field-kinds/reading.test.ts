/** What people type and paste is read the way they mean it. */
import dayjs from "dayjs";
import { describe, expect, test } from "vitest";
import { parseAddress } from "./address/value";
import { parseColor } from "./color/value";
import { parseDate, parseDateTime } from "./date-text";
import { parseDuration } from "./duration/value";
import { parsePoint } from "./geo_point/value";
import { readMoney } from "./money/value";
import { parseDecimal } from "./number-text";
import { parseTime } from "./time/value";
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

test.each([
  ["1小时30分", 5400],
  ["1h 30m", 5400],
  ["1:30", 5400],
  ["1.5h", 5400],
  ["90", 5400],
  ["2天", 172800],
  ["45秒", 45],
  ["", null],
  ["soon", undefined],
  ["1h x", undefined],
])("the duration %s", (typed, expected) => {
  expect(parseDuration(typed)).toBe(expected);
});

test.each([
  ["15:30", "15:30"],
  ["下午3点半", "15:30"],
  ["3:30 pm", "15:30"],
  ["9点", "09:00"],
  ["12 am", "00:00"],
  ["08:00:05", "08:00:05"],
  ["24:00", undefined],
  ["15", undefined],
  ["", null],
])("the time of day %s", (typed, expected) => {
  expect(parseTime(typed)).toBe(expected);
});

test.each([
  ["#17F", "#1177ff"],
  ["rgb(22, 119, 255)", "#1677ff"],
  ["红色", "#ff0000"],
  ["rgb(300,0,0)", undefined],
  ["sky", undefined],
])("the colour %s", (typed, expected) => {
  expect(parseColor(typed)).toBe(expected);
});

test.each([
  ["22.5431, 113.9532", { lat: 22.5431, lng: 113.9532 }],
  ["33.86882S 151.20929E", { lat: -33.86882, lng: 151.20929 }],
  ["95, 10", undefined],
  ["here", undefined],
])("the place %s", (typed, expected) => {
  expect(parsePoint(typed)).toEqual(expected);
});
