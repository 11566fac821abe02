import { expect, test } from "vitest";
import {
  branchOf,
  type Department,
  departmentOptions,
  headCounts,
  inTreeOrder,
  lasts,
  type Member,
  type Position,
  peopleIn,
} from "./people";

const department = (id: string, parent: string | null): Department => ({
  id,
  rev: 1,
  name: id,
  parent: parent ? { id: parent, title: parent } : null,
  head: null,
  position: null,
});
const member = (in_: string | null, status: Member["status"] = "active", id = `${in_} ${status}`) =>
  ({ id, status, department: in_ ? { id: in_, title: in_ } : null }) as Member;

const departments = [
  department("sales", null),
  department("north", "sales"),
  department("service", null),
  department("beijing", "north"),
];

test("children stand behind their parents, deeper ones further in", () => {
  const order = inTreeOrder(departments).map(({ department: { id }, depth }) => [id, depth]);

  expect(order).toEqual([
    ["sales", 0],
    ["north", 1],
    ["beijing", 2],
    ["service", 0],
  ]);
});

test("a department whose parent cannot be seen stands at the top", () => {
  expect(inTreeOrder([department("north", "hidden")])).toMatchObject([{ depth: 0 }]);
});

test("a department may not be moved into its own branch", () => {
  expect(branchOf(departments, "north")).toEqual(new Set(["north", "beijing"]));
});

test("people are counted in their department and all above it, those who left are not", () => {
  const counts = headCounts(
    departments,
    [member("beijing"), member("sales"), member("north", "left"), member(null)],
    [],
  );

  expect(counts.get("sales")).toEqual({ own: 1, all: 2 });
  expect(counts.get("north")).toEqual({ own: 0, all: 1 });
  expect(counts.get("service")).toEqual({ own: 0, all: 0 });
});

test("people are counted once where they work by a further position or as the head", () => {
  const led = departments.map((one) =>
    one.id === "service" ? { ...one, head: { id: "wang", title: "" } } : one,
  );
  const people = [
    member("north", "active", "chen"),
    member(null, "active", "wang"),
    member(null, "left", "li"),
  ];
  const further = [
    { member: { id: "chen" }, department: { id: "beijing" } },
    { member: { id: "li" }, department: { id: "service" } },
  ] as Position[];

  const counts = headCounts(led, people, further);

  expect(counts.get("beijing")).toEqual({ own: 1, all: 1 });
  expect(counts.get("north")).toEqual({ own: 1, all: 1 });
  expect(counts.get("sales")).toEqual({ own: 0, all: 1 });
  expect(counts.get("service")).toEqual({ own: 1, all: 1 });
});

test("options are indented by depth", () => {
  expect(departmentOptions(departments)[2]).toEqual({ value: "beijing", label: "\u3000\u3000beijing" });
});

test("a period holds on both of its days, and without an end for ever", () => {
  const week = { begins_on: "2026-12-01", ends_on: "2026-12-07" };

  expect(["2026-11-30", "2026-12-01", "2026-12-07", "2026-12-08"].map((day) => lasts(week, day))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(lasts({ begins_on: null, ends_on: null }, "2026-12-01")).toBe(true);
});

test("people are in a department by their main position or a further one", () => {
  const people = [
    { id: "chen", department: { id: "north", title: "north" } },
    { id: "wang", department: null },
    { id: "li", department: { id: "service", title: "service" } },
  ] as Member[];
  const further = [{ member: { id: "wang" }, department: { id: "beijing" } }] as Position[];

  expect(peopleIn(people, further, branchOf(departments, "north")).map(({ id }) => id)).toEqual([
    "chen",
    "wang",
  ]);
});
