import i18next from "i18next";
import { describe, expect, test } from "vitest";
import { groupDefaults, groupFilter, groupText, inGroupOrder } from "./groups";
import { pathLabel, resolvePath } from "./paths";
import { sampleCatalog, sampleField, sampleOpportunity } from "./sample-catalog";
import { formatTotal, totalHint, totalOf } from "./totals";

const fieldOf = (key: string) =>
  sampleOpportunity.fields.find((field) => field.key === key) ?? sampleField(key, "text");

describe("the filter of a group", () => {
  test.each([
    ["without a value", { field: "status" }, null, { field: "status", op: "is_empty" }],
    ["an option", { field: "status" }, "won", { field: "status", op: "eq", value: "won" }],
    ["a record", { field: "stage" }, { id: "s1", title: "谈判" }, { field: "stage", op: "eq", value: "s1" }],
    [
      "a month",
      { field: "closes_on", bucket: "month" },
      "2026-02-01",
      { field: "closes_on", op: "between", value: ["2026-02-01", "2026-02-28"] },
    ],
    [
      "a quarter",
      { field: "closes_on", bucket: "quarter" },
      "2026-10-01",
      { field: "closes_on", op: "between", value: ["2026-10-01", "2026-12-31"] },
    ],
  ] as const)("%s", (_, group, key, expected) => {
    expect(groupFilter(group, fieldOf(group.field), key)).toEqual(expected);
  });
});

test("headings", () => {
  expect(
    groupText({ field: "closes_on", bucket: "quarter" }, fieldOf("closes_on"), "2026-10-01", "zh-CN"),
  ).toBe("2026-Q4");
  expect(groupText({ field: "status" }, fieldOf("status"), "won", "en")).toBe("Won");
  const fiscal = (bucket: "quarter" | "year", key: string) =>
    groupText({ field: "closes_on", bucket }, fieldOf("closes_on"), key, "en", 4);
  expect([
    fiscal("quarter", "2026-04-01"),
    fiscal("quarter", "2027-01-01"),
    fiscal("year", "2026-04-01"),
  ]).toEqual(["FY2027-Q1", "FY2027-Q4", "FY2027"]);
  expect(groupText({ field: "status" }, fieldOf("status"), null, "en")).toBe("");
});

test("a total tells the currency it is in, or that there are several and what each amounts to", () => {
  const sum = { fn: "sum", field: "amount" } as const;
  const dollars = { amount: "20.50", currency: "USD" };
  const field = sampleField("amount", "money");

  expect(formatTotal(sum, field, dollars, "en")).toBe("$20.50");
  expect(totalHint(field, dollars)).toBeUndefined();
  expect(formatTotal(sum, field, [{ amount: "7", currency: "CNY" }, dollars], "en")).toBe(
    i18next.t("lib.several_currencies"),
  );
  expect(totalHint(field, [{ amount: "7", currency: "CNY" }, dollars])).toBe("¥7 + $20.50");
});

test("a new record takes the value of its group, when it can", () => {
  expect(groupDefaults({ field: "status" }, "won")).toEqual({ status: "won" });
  expect(groupDefaults({ field: "company.industry" }, "retail")).toEqual({});
  expect(groupDefaults({ field: "closes_on", bucket: "month" }, "2026-01-01")).toEqual({});
});

test("options come as they are listed, records by position, empty last", () => {
  const groups = [{ keys: [null] }, { keys: ["won"] }, { keys: ["open"] }];
  const stages = [{ keys: [{ id: "s2" }] }, { keys: [{ id: "s1" }] }];

  expect(inGroupOrder(groups, fieldOf("status"), new Map()).map(({ keys }) => keys[0])).toEqual([
    "open",
    "won",
    null,
  ]);
  expect(
    inGroupOrder(
      stages,
      fieldOf("stage"),
      new Map([
        ["s1", 0],
        ["s2", 1],
      ]),
    ).map(({ keys }) => keys[0]),
  ).toEqual([{ id: "s1" }, { id: "s2" }]);
});

test("paths over relations", () => {
  const fields = resolvePath(sampleCatalog, sampleOpportunity, "company.parent.industry");

  expect(fields && pathLabel(fields, "en")).toBe("company / parent / industry");
  expect(resolvePath(sampleCatalog, sampleOpportunity, "company.nothing")).toBeNull();
  expect(resolvePath(sampleCatalog, sampleOpportunity, "amount.name")).toBeNull();
});

test("totals", () => {
  const amount = fieldOf("amount");

  expect(totalOf({ field: "amount" }, amount)).toBe("sum");
  expect(totalOf({ field: "amount", total: "none" }, amount)).toBe("none");
  expect(formatTotal({ fn: "sum", field: "amount" }, amount, "10005534", "zh-CN")).toBe("¥10,005,534");
  expect(formatTotal({ fn: "avg", field: "amount" }, amount, "2360.909090909", "zh-CN")).toBe("¥2,360.91");
});
