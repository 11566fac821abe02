import { expect, test } from "vitest";
import { sampleCatalog, sampleOpportunity } from "../query/sample-catalog";
import { GUTTER, gridColumns, nameWidth } from "./grid-columns";

const named = (words: string) => ({
  ...sampleOpportunity,
  fields: sampleOpportunity.fields.map((field) =>
    field.key === "closes_on" ? { ...field, label: { "zh-CN": words, en: words } } : field,
  ),
});
const widths = (words: string, width?: number) =>
  gridColumns(
    sampleCatalog,
    named(words),
    [{ field: "name" }, { field: "closes_on", width }, { field: "status" }],
    "en",
  ).map((column) => [column.left, column.width]);

test("a column is wide enough for its name, unless somebody made it narrower", () => {
  expect(widths("Due")).toEqual([
    [GUTTER, 220],
    [GUTTER + 220, 120],
    [GUTTER + 340, 130],
  ]);
  expect(widths("Expected close")[1]).toEqual([GUTTER + 220, nameWidth("Expected close")]);
  expect(nameWidth("Expected close")).toBeGreaterThan(130);
  expect(widths("Expected close", 90)[1]).toEqual([GUTTER + 220, 90]);
});

test("a very long name is cut", () => {
  expect(widths("The day on which we expect the customer to sign")[1]?.[1]).toBe(180);
  expect(nameWidth("预计成交")).toBe(nameWidth("预计") + 26);
});
