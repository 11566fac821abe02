import { expect, test } from "vitest";
import type { Field } from "@/api/types";
import { type Rights, rightsWith, shownFields, summed } from "./rights";

const field = (key: string, name: string, more: Partial<Field> = {}) =>
  ({ key, label: { "zh-CN": name, en: key }, hidden: false, trait: "plain", ...more }) as Field;
const FIELDS = [
  field("name", "商机名称"),
  field("amount", "金额"),
  field("heading", "分组", { trait: "none" }),
  field("secret", "内部", { hidden: true }),
];

test.each<[Rights, string, "hidden" | "read" | "edit" | null, Rights]>([
  [{}, "amount", "edit", { amount: "edit" }],
  [{ amount: "edit" }, "amount", "hidden", { amount: "hidden" }],
  [{ amount: "edit", name: "hidden" }, "amount", "read", { name: "hidden" }],
  [{ gone: "edit" }, "gone", null, {}],
])("a right is kept as it always was: %j, %s becomes %s", (before, key, right, after) => {
  expect(rightsWith(before, key, right)).toEqual(after);
});

test("fields are found by what they are called, and those that are set apart by that", () => {
  const keys = (typed: string, onlySet = false) =>
    shownFields(FIELDS, { amount: "edit" }, typed, onlySet).map(({ key }) => key);
  expect(keys("")).toEqual(["name", "amount"]);
  expect(keys("AMO")).toEqual(["amount"]);
  expect(keys("", true)).toEqual(["amount"]);
  expect(keys("name", true)).toEqual([]);
});

test("it is counted how many are hidden and how many may be changed", () => {
  expect(summed({ a: "hidden", b: "edit", c: "hidden", d: "read" })).toEqual({ hidden: 2, edit: 1 });
});
