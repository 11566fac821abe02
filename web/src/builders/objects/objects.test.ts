import { expect, test } from "vitest";
import type { KindCard } from "@/api/types";
import { draftOf, flagsOf, valuesOf } from "./field-draft";
import { foundKinds, mayConvert } from "./kinds";
import { bothLanguages, type DesignedField, difference, moved, removedOptions, renumbered } from "./model";
import { isUnnamed, settled, withNewOption } from "./options";

const option = (key: string, zh: string, en: string) => ({
  key,
  label: { "zh-CN": zh, en },
  color: "blue" as const,
});

function kind(key: string, more: Partial<KindCard> = {}): KindCard {
  return {
    key: key as KindCard["key"],
    trait: "text",
    group: "text",
    icon: "type",
    label: { "zh-CN": "单行文本", en: "Text" },
    help: { "zh-CN": "一行文字", en: "One line" },
    sample: { "zh-CN": "", en: "" },
    settings: [],
    sample_settings: {},
    sortable: true,
    groupable: false,
    searchable: true,
    generated: false,
    holds_value: true,
    secret: false,
    unique: true,
    index: true,
    required: true,
    ...more,
  };
}

const setting = (name: string, type: "options" | "labels" | "whole", required = false) => ({
  name,
  type,
  label: { "zh-CN": name, en: name },
  help: {},
  required,
  default: null,
  min: null,
  max: null,
  choices: [],
  of: null,
});

function field(id: string, position: number): DesignedField {
  const values = { ...valuesOf(draftOf(null, kind("text")), kind("text")), position };
  return {
    id,
    key: id,
    kind: "text",
    custom: true,
    state: "active",
    state_at: null,
    values,
    conversion: null,
  };
}

test("a moved field changes the places of those it passes and no others", () => {
  const fields = ["a", "b", "c", "d"].map(field);
  const order = moved(fields, "c", 0);
  expect(order.map(({ id }) => id)).toEqual(["c", "a", "b", "d"]);
  expect(renumbered(order)).toEqual([
    { op: "field.update", id: "c", values: { position: 0 } },
    { op: "field.update", id: "a", values: { position: 1 } },
    { op: "field.update", id: "b", values: { position: 2 } },
  ]);
  expect(renumbered(moved(fields, "b", 1))).toEqual([]);
});

test("words in one language stand for the other", () => {
  expect(bothLanguages({ "zh-CN": " 项目 " })).toEqual({ "zh-CN": "项目", en: "项目" });
  expect(bothLanguages({ "zh-CN": "", en: "Project" })).toEqual({ "zh-CN": "Project", en: "Project" });
});

test("only what differs is sent, with what was seen; the order of keys is no difference", () => {
  const seen = { label: { "zh-CN": "项目", en: "Project" }, required: false, settings: { min: 1, max: 2 } };
  const wanted = { label: { en: "Project", "zh-CN": "项目" }, required: true, settings: { max: 2, min: 1 } };
  expect(difference(seen, wanted)).toEqual({ values: { required: true }, expected: { required: false } });
  expect(difference(seen, { ...seen, settings: { min: 1, max: 3 } }).values).toEqual({
    settings: { min: 1, max: 3 },
  });
});

test("new options get keys of their English words, which never clash; wordless ones go", () => {
  const [first, second, third, empty] = [...Array(4)]
    .reduce<ReturnType<typeof withNewOption>>(
      (options) => withNewOption(options),
      [option("plan", "计划", "Plan")],
    )
    .slice(1);
  if (!first || !second || !third || !empty) throw new Error("an option is missing");
  expect([first, second].every(isUnnamed)).toBe(true);
  expect(first.color).not.toBe(second.color);
  const given = [
    option("plan", "计划", "Plan"),
    { ...first, label: { "zh-CN": "新计划", en: "Plan!" } },
    { ...second, label: { "zh-CN": "执行中", en: "" } },
    { ...third, label: { "zh-CN": "", en: "Éxecution done" } },
    empty,
  ];
  expect(settled(given).map(({ key }) => key)).toEqual(["plan", "plan_2", "option_1", "e_xecution_done"]);
  expect(settled(given)[2]?.label).toEqual({ "zh-CN": "执行中", en: "执行中" });
});

test("removed options are those whose keys are gone", () => {
  const before = { options: [option("a", "甲", "A"), option("b", "乙", "B")] };
  expect(removedOptions(before, { options: [option("b", "乙二", "B2")] }).map(({ key }) => key)).toEqual([
    "a",
  ]);
  expect(removedOptions({}, { options: [option("a", "甲", "A")] })).toEqual([]);
});

test("a kind is found by its words in either language and by its key", () => {
  const kinds = [kind("text"), kind("money", { label: { "zh-CN": "金额", en: "Money" } })];
  expect(foundKinds(kinds, "mon").map(({ key }) => key)).toEqual(["money"]);
  expect(foundKinds(kinds, "金额").map(({ key }) => key)).toEqual(["money"]);
  expect(foundKinds(kinds, "one line")).toHaveLength(2);
});

test("what stands for more than its words is not converted", () => {
  expect(mayConvert(kind("text"))).toBe(true);
  expect(mayConvert(kind("lookup", { trait: "ref" }))).toBe(false);
  expect(mayConvert(kind("identity_number", { secret: true }))).toBe(false);
  expect(mayConvert(kind("auto_number", { generated: true }))).toBe(false);
  expect(mayConvert(kind("button", { holds_value: false }))).toBe(false);
  expect(mayConvert(kind("formula", { group: "computed" }))).toBe(false);
});

test("a field is sent with whole words, options with keys and no empty settings", () => {
  const choice = kind("choice", {
    settings: [setting("options", "options", true), setting("reverse_label", "labels")],
  });
  const draft = { ...draftOf(null, choice), label: { "zh-CN": "阶段" }, help: { en: "  " } };
  expect(draft.settings).toEqual({ options: [] });
  const settings = {
    options: [{ ...option("new:9", "一", "One") }],
    reverse_label: { en: "List" },
    min: undefined,
  };
  const values = valuesOf({ ...draft, settings: settings as never }, choice);
  expect(values.label).toEqual({ "zh-CN": "阶段", en: "阶段" });
  expect(values.help).toEqual({});
  expect(values.settings).toEqual({
    options: [option("one", "一", "One")],
    reverse_label: { "zh-CN": "List", en: "List" },
  });
});

test("a computed field keeps what its result needs and is neither required nor unique", () => {
  const formula = kind("formula", { group: "computed" });
  const settings = { expression: "amount * 2", result: "number", type: "number", currency: "CNY" };
  expect(valuesOf({ ...draftOf(null, formula), settings }, formula).settings).toEqual({
    expression: "amount * 2",
    result: "number",
    decimals: 2,
  });
  expect(flagsOf(formula)).not.toContain("required");
  expect(flagsOf(kind("text"))).toContain("required");
});
