import { describe, expect, test } from "vitest";
import type { RecordRow } from "@/api/types";
import { sampleCatalog, sampleOpportunity } from "../query/sample-catalog";
import { copyCells, type PasteCell, planClear, planPaste } from "./clipboard";
import { GUTTER, gridColumns } from "./grid-columns";

const columns = gridColumns(
  sampleCatalog,
  sampleOpportunity,
  [
    { field: "name", width: 200 },
    { field: "amount" },
    { field: "status" },
    { field: "number" },
    { field: "company.industry" },
    { field: "gone" },
  ],
  "zh-CN",
);
const rows: RecordRow[] = [
  {
    id: "a",
    rev: 1,
    name: "云图",
    amount: { amount: "1200", currency: "CNY" },
    status: "open",
    number: "1",
    "company.industry": "retail",
  },
  { id: "b", rev: 1, name: "海纳", amount: null, status: null, number: "2", "company.industry": null },
];
const rowAt = (line: number) => rows[line];
const range = (top: number, bottom: number, left: number, right: number) => ({ top, bottom, left, right });
const texts = (...lines: string[][]): PasteCell[][] => lines.map((line) => line.map((text) => ({ text })));

test("columns that lead nowhere are left out; those of other records are read-only", () => {
  expect(columns.map((column) => [column.path, column.editable])).toEqual([
    ["name", true],
    ["amount", true],
    ["status", true],
    ["number", false],
    ["company.industry", false],
  ]);
  expect(columns[1]?.left).toBe(GUTTER + (columns[0]?.width ?? 0));
});

test("a range is copied as words and as values", () => {
  const { texts: words, cells } = copyCells(range(0, 1, 1, 2), rowAt, columns, "zh-CN");

  expect(words).toEqual([
    ["¥1,200", "进行中"],
    ["", ""],
  ]);
  expect(cells[0]?.[1]).toEqual({ kind: "choice", target: null, value: "open" });
});

describe("pasting", () => {
  test("words are read by the kind of the column", () => {
    const plan = planPaste(texts(["赢单"], ["Open"]), range(0, 0, 2, 2), rowAt, columns, "zh-CN");

    expect(plan).toEqual({
      changes: [
        { id: "a", values: { status: "won" } },
        { id: "b", values: { status: "open" } },
      ],
      skipped: 0,
    });
  });

  test("one cell fills the range", () => {
    const plan = planPaste(texts(["赢单"]), range(0, 1, 2, 2), rowAt, columns, "zh-CN");

    expect(plan.changes.map((change) => change.values)).toEqual([{ status: "won" }, { status: "won" }]);
  });

  test("read-only cells, required ones made empty and unknown words are skipped and counted", () => {
    const plan = planPaste(texts(["", "x", "没有这个", "9"]), range(0, 0, 0, 0), rowAt, columns, "zh-CN");

    expect(plan).toEqual({ changes: [], skipped: 4 });
  });

  test("a block that reaches past the last row or column is cut", () => {
    const plan = planPaste(texts(["新"], ["新"], ["新"]), range(1, 1, 0, 0), rowAt, columns, "zh-CN");

    expect(plan).toEqual({ changes: [{ id: "b", values: { name: "新" } }], skipped: 2 });
  });

  test("a value copied from the same kind comes back exactly", () => {
    const copied = { kind: "choice", target: null, value: "won" };
    const plan = planPaste([[{ text: "anything", copied }]], range(1, 1, 2, 2), rowAt, columns, "zh-CN");

    expect(plan.changes).toEqual([{ id: "b", values: { status: "won" } }]);
  });
});

test("clearing leaves required, read-only and empty cells alone", () => {
  expect(planClear(range(0, 1, 0, 4), rowAt, columns)).toEqual([
    { id: "a", values: { amount: null, status: null } },
  ]);
});
