import { expect, test } from "vitest";
import {
  areSame,
  countLimited,
  hasOwnLine,
  isOn,
  isUsable,
  levelOf,
  lineOf,
  type Permissions,
  reachOf,
  withLevel,
  withLine,
  withoutLine,
  withReach,
  writtenReach,
} from "./permissions";

const SALES: Permissions = {
  objects: { "*": { create: true, read: "own", edit: "own" }, member: { read: "all" } },
  system: [],
};

test("an object without a line of its own follows the others until one is written", () => {
  expect(lineOf(SALES, "company")).toEqual({ create: true, read: "own", edit: "own" });
  const changed = withLine(SALES, "company", (line) =>
    withReach(line, "read", { scope: "tree", departments: [], where: null }),
  );
  expect(changed.objects?.company).toEqual({ create: true, read: "tree", edit: "own" });
  expect(changed.objects?.["*"]).toEqual(SALES.objects?.["*"]);
  expect(hasOwnLine(withoutLine(changed, "company"), "company")).toBe(false);
});

test("a reach is kept as short as it can be said", () => {
  const where = { field: "level", op: "eq", value: "A" };
  expect(writtenReach({ scope: "own", departments: [], where: null })).toBe("own");
  expect(writtenReach({ scope: "all", departments: ["d"], where })).toBe("all");
  expect(writtenReach({ scope: "own", departments: ["d"], where })).toEqual({
    scope: "own",
    departments: ["d"],
    where,
  });
  expect(reachOf({ read: { where } }, "read")).toEqual({ scope: "none", departments: [], where });
});

test("switches that follow a reach are on unless they are taken, and mean nothing without it", () => {
  const line = lineOf(SALES, "company");
  expect(isOn(line, "share")).toBe(true);
  expect(isOn(line, "export")).toBe(false);
  expect(isOn({ ...line, share: false }, "share")).toBe(false);
  expect(isUsable(line, "share")).toBe(true);
  expect(isUsable(lineOf(SALES, "member"), "share")).toBe(false);
  expect(isUsable(line, "restore")).toBe(false);
});

test("levels of fields: by type over all types, and nothing is kept that says nothing", () => {
  let line = withLevel({ read: "all" }, "phone", null, "masked");
  expect(line).toEqual({ read: "all", fields: { phone: "masked" } });
  line = withLevel(line, "phone", "partner", "edit");
  expect([
    levelOf(line, "phone"),
    levelOf(line, "phone", "partner"),
    levelOf(line, "phone", "other"),
  ]).toEqual(["masked", "edit", "masked"]);
  expect(countLimited(line)).toBe(1);
  line = withLevel(withLevel(line, "phone", "partner", null), "phone", null, "edit");
  expect(line).toEqual({ read: "all" });
});

test("permissions are the same whatever their order", () => {
  expect(areSame({ a: 1, b: { c: 2, d: undefined } }, { b: { c: 2 }, a: 1 })).toBe(true);
  expect(areSame({ a: 1 }, { a: 2 })).toBe(false);
});
