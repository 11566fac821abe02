import { expect, test } from "vitest";
import { sampleCatalog, sampleOpportunity } from "@/records/query/sample-catalog";
import { callAt, type FormulaFunction, quoted, suggestions, tokenAt } from "./completion";
import { pieces } from "./pieces";

const functions: FormulaFunction[] = [
  { name: "IF", zh: "如果", group: "logic", signature: {}, help: {}, example: "", result: "same" },
  { name: "ROUND", zh: "四舍五入", group: "number", signature: {}, help: {}, example: "", result: "number" },
];

test("the name at the cursor is told from numbers, text and brackets", () => {
  expect(tokenAt("1 + amo", 7)).toEqual({ from: 4, path: [], typed: "amo" });
  expect(tokenAt("公司.名", 4)).toEqual({ from: 0, path: ["公司"], typed: "名" });
  expect(tokenAt("[预计 金额].", 8)).toEqual({ from: 0, path: ["预计 金额"], typed: "" });
  expect(tokenAt("1 + [预计 金", 9)).toEqual({ from: 4, path: [], typed: "预计 金" });
  expect(tokenAt('IF(a, "amo', 10)).toBeNull();
  expect(tokenAt("12.5", 4)).toBeNull();
});

test("names with spaces stand in brackets", () => {
  expect(quoted("金额")).toBe("金额");
  expect(quoted("预计 金额")).toBe("[预计 金额]");
  expect(quoted("2026")).toBe("[2026]");
});

test("the call around the cursor and the argument it stands in", () => {
  expect(callAt("IF(a > ROUND(b, ", 16)).toEqual({ name: "ROUND", argument: 1 });
  expect(callAt("IF(a > ROUND(b, 2), ", 20)).toEqual({ name: "IF", argument: 1 });
  expect(callAt('如果（a，"(', 8)).toEqual({ name: "如果", argument: 1 });
  expect(callAt("(a + b", 6)).toBeNull();
});

test("fields are offered by label and by key, over relations, functions only at the beginning of a path", () => {
  const offered = (text: string) => {
    const token = tokenAt(text, text.length);
    return token ? suggestions(sampleCatalog, sampleOpportunity, functions, token) : [];
  };
  expect(offered("rou").map(({ text }) => text)).toEqual(["ROUND()"]);
  expect(offered("四舍").map(({ text }) => text)).toEqual(["ROUND()"]);
  expect(offered("amo").map(({ text }) => text)).toEqual(["amount"]);
  const over = offered("company.");
  expect(over.length).toBeGreaterThan(0);
  expect(over.every(({ sort, text }) => sort === "field" && text.startsWith("company."))).toBe(true);
});

test("errors are underlined where they are, counted in characters and not in halves of them", () => {
  expect(pieces("a + 😀 + b", [{ from: 4, to: 5 }])).toEqual([
    { text: "a + ", wrong: false },
    { text: "😀", wrong: true },
    { text: " + b", wrong: false },
  ]);
  expect(pieces("a +", [{ from: 3, to: 3 }])).toEqual([
    { text: "a +", wrong: false },
    { text: " ", wrong: true },
  ]);
});
