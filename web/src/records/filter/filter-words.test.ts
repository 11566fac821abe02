import { t } from "i18next";
import { expect, test } from "vitest";
import type { Filter } from "@/api/types";
import { sampleCatalog, sampleField, sampleOpportunity } from "../query/sample-catalog";
import { describeFilter } from "./describe";
import { adaptValue, firstOperator, valueShape } from "./operators";

const context = { catalog: sampleCatalog, object: sampleOpportunity, language: "zh-CN" as const, t };

test.each<[Filter, string]>([
  [{ field: "status", op: "in", value: ["open", "won"] }, "status 是其中之一 进行中、赢单"],
  [{ field: "closes_on", op: "within", value: { last: 7, unit: "day" } }, "closes_on 在 过去 7 天"],
  [{ field: "company.industry", op: "is_empty" }, "company / industry 为空"],
  [{ has: "tasks", where: { field: "name", op: "eq", value: "报价" } }, "有任务：name 等于 报价"],
  [{ not: { has: "tasks", where: null } }, "不满足（有任务）"],
  [{ field: "status", op: "in", value: ["@me.department"] }, "status 等于 本人的department"],
  [
    {
      or: [
        { field: "status", op: "eq", value: "won" },
        {
          and: [
            { field: "name", op: "eq", value: "a" },
            { field: "number", op: "is_empty" },
          ],
        },
      ],
    },
    "status 等于 赢单 或 (name 等于 a 且 number 为空)",
  ],
])("%j", (filter, words) => {
  expect(describeFilter(filter, context)).toBe(words);
});

test("the value follows the operator", () => {
  expect(adaptValue("won", "one", "list")).toEqual(["won"]);
  expect(adaptValue(["won", "open"], "list", "one")).toBe("won");
  expect(adaptValue(5, "one", "pair")).toEqual([null, null]);
  expect(adaptValue(5, "one", "none")).toBeNull();
});

test("the shape of values by operator", () => {
  const name = sampleField("name", "text");
  const stage = sampleField("stage", "lookup");

  expect(valueShape("in", name)).toBe("words");
  expect(valueShape("in", stage)).toBe("list");
  expect(valueShape("is_empty", name)).toBe("none");
  expect(firstOperator(sampleField("x", "date", { operators: ["eq", "within"] }))).toBe("within");
  expect(firstOperator(stage)).toBe("in");
});
