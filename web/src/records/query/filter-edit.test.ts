import { describe, expect, test } from "vitest";
import type { Filter } from "@/api/types";
import { allOf, countRules, isFilter, toWire } from "./filter";
import {
  addChild,
  closeFilter,
  type GroupNode,
  groupDepth,
  newGroup,
  newRule,
  openFilter,
  removeNode,
  replaceNode,
} from "./filter-edit";

const amount: Filter = { field: "amount", op: "gte", value: 100 };
const industry: Filter = { field: "company.industry", op: "in", value: ["retail"] };
const empty: Filter = { field: "phone", op: "is_empty" };

describe("opening and closing", () => {
  test.each<[string, Filter | null]>([
    ["nothing", null],
    ["one rule", amount],
    ["a rule without value", empty],
    ["and", { and: [amount, industry] }],
    ["or inside and", { and: [amount, { or: [industry, empty] }] }],
    ["not", { not: { or: [amount, industry] } }],
    ["a related record", { has: "contacts", where: { and: [empty, amount] } }],
    ["a related record of any kind", { has: "contacts", where: null }],
    ["no related record", { not: { has: "contacts", where: empty } }],
  ])("%s comes back as it went in", (_, filter) => {
    expect(closeFilter(openFilter(filter))).toEqual(filter);
  });

  test("incomplete conditions and empty groups are left out", () => {
    const root = newGroup("and", [
      newRule("amount", "gte", 5),
      newRule("amount", "lt", null),
      newRule("stage", "in", []),
      newRule("closed_on", "between", ["2026-01-01", null]),
      newGroup("or", [newRule()]),
    ]);

    expect(closeFilter(root)).toEqual({ field: "amount", op: "gte", value: 5 });
  });

  test("false is a value", () => {
    expect(closeFilter(newRule("is_active", "eq", false))).toEqual({
      field: "is_active",
      op: "eq",
      value: false,
    });
  });
});

describe("editing", () => {
  const tree = (): GroupNode => openFilter({ and: [amount, { or: [industry, empty] }] });

  test("a nested rule is replaced and the rest stays the same object", () => {
    const root = tree();
    const inner = root.children[1] as GroupNode;
    const target = inner.children[0] as { id: string };

    const next = replaceNode(root, target.id, (node) => ({ ...node, value: ["finance"] }) as typeof node);

    expect(closeFilter(next)).toEqual({
      and: [amount, { or: [{ field: "company.industry", op: "in", value: ["finance"] }, empty] }],
    });
    expect(next.children[0]).toBe(root.children[0]);
  });

  test("removing and adding in a nested group", () => {
    const root = tree();
    const inner = root.children[1] as GroupNode;
    const shorter = removeNode(root, (inner.children[0] as { id: string }).id);
    const longer = addChild(shorter, inner.id, newRule("name", "contains", "云"));

    expect(closeFilter(longer)).toEqual({
      and: [amount, { or: [empty, { field: "name", op: "contains", value: "云" }] }],
    });
    expect(groupDepth(longer)).toBe(2);
  });

  test("an unknown identity changes nothing", () => {
    const root = tree();

    expect(removeNode(root, "nowhere")).toBe(root);
  });
});

test("joining drops empty filters and flattens and-groups", () => {
  expect(allOf(null, undefined)).toBeNull();
  expect(allOf(amount, null)).toEqual(amount);
  expect(allOf({ and: [amount, industry] }, empty)).toEqual({ and: [amount, industry, empty] });
});

test("conditions are counted through groups", () => {
  expect(countRules({ and: [amount, { not: { or: [industry, { has: "contacts", where: empty }] } }] })).toBe(
    3,
  );
});

test.each<[unknown, boolean]>([
  [{}, false],
  [null, false],
  [[amount], false],
  [{ and: [amount, {}] }, false],
  [{ field: "a", op: "eq", value: 1 }, true],
  [{ has: "contacts", where: null }, true],
])("%j is a filter: %s", (value, expected) => {
  expect(isFilter(value)).toBe(expected);
});

test("references are sent as identities", () => {
  const titled: Filter = {
    and: [
      {
        field: "owner",
        op: "in",
        value: [
          { id: "@me", title: "我" },
          { id: "m1", title: "王芳" },
        ],
      },
      {
        has: "notes",
        where: { field: "about", op: "eq", value: { object: "company", id: "c1", title: "云图" } },
      },
      { field: "closed_on", op: "within", value: { last: 7, unit: "day" } },
      empty,
    ],
  };

  expect(toWire(titled)).toEqual({
    and: [
      { field: "owner", op: "in", value: ["@me", "m1"] },
      { has: "notes", where: { field: "about", op: "eq", value: { object: "company", id: "c1" } } },
      { field: "closed_on", op: "within", value: { last: 7, unit: "day" } },
      empty,
    ],
  });
});
