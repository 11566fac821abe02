import { afterEach, describe, expect, test } from "vitest";
import {
  formatAddress,
  formatDate,
  formatMoney,
  formatMoneyShort,
  formatNumber,
  formatPercent,
  formatRelative,
  formatSize,
} from "./format";
import { rememberLanguage } from "./language";

afterEach(() => rememberLanguage("zh-CN"));

describe("money", () => {
  test.each([
    ["1234567", "¥1,234,567"],
    ["1234567.00", "¥1,234,567"],
    ["1234567.5", "¥1,234,567.50"],
    ["-12.30", "-¥12.30"],
  ])("%s reads %s", (amount, text) => {
    expect(formatMoney({ amount, currency: "CNY" })).toBe(text);
  });

  test("keeps every digit of amounts beyond the precision of numbers", () => {
    expect(formatMoney({ amount: "9007199254740993.25", currency: "CNY" })).toBe("¥9,007,199,254,740,993.25");
  });

  test("is short in 万 and 亿 in Chinese and in M in English", () => {
    expect(formatMoneyShort({ amount: "1234567", currency: "CNY" })).toBe("¥123.5万");
    rememberLanguage("en");
    expect(formatMoneyShort({ amount: "1234567", currency: "USD" })).toBe("$1.2M");
  });

  test("is nothing when there is none", () => {
    expect(formatMoney(null)).toBe("");
  });
});

test("numbers keep the decimals they have", () => {
  expect(formatNumber("12345.6789")).toBe("12,345.6789");
  expect(formatNumber(0)).toBe("0");
  expect(formatNumber(null)).toBe("");
});

test("percents are the number a person types", () => {
  expect(formatPercent("35")).toBe("35%");
  expect(formatPercent(null)).toBe("");
});

test("dates drop the time", () => {
  expect(formatDate("2026-11-21T08:00:00Z")).toBe("2026-11-21");
});

describe("relative time", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");

  test.each([
    ["2026-11-21T11:57:00Z", "3分钟前"],
    ["2026-11-21T07:00:00Z", "5小时前"],
    ["2026-11-20T11:00:00Z", "昨天"],
    ["2026-11-22T13:00:00Z", "明天"],
  ])("%s reads %s", (value, text) => {
    expect(formatRelative(value, now)).toBe(text);
  });

  test("is a date beyond seven days", () => {
    expect(formatRelative("2026-11-01T00:00:00Z", now)).toMatch(/^2026-1[01]-\d\d$/);
  });
});

test("sizes", () => {
  expect(formatSize(512)).toBe("512 B");
  expect(formatSize(1_572_864)).toBe("1.5 MB");
});

test("addresses are written largest part first in Chinese, smallest first in English", () => {
  const address = { province: "浙江省", city: "杭州市", street: "文三路1号", postcode: "310012" };

  expect(formatAddress(address)).toBe("浙江省杭州市文三路1号 310012");
  rememberLanguage("en");
  expect(formatAddress(address)).toBe("文三路1号, 杭州市, 浙江省, 310012");
});
