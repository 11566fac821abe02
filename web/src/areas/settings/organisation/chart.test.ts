import { expect, test } from "vitest";
import type { Department, Member, Position } from "../people";
import { buildChart, isStacked, keyAt, visibleNodes } from "./chart";

const ref = (id: string | null) => (id ? { id, title: id } : null);
const department = (id: string, parent: string | null, head: string | null = null) =>
  ({ id, name: id, parent: ref(parent), head: ref(head), position: null, rev: 1 }) as Department;
const member = (id: string, in_: string | null, status: Member["status"] = "active") =>
  ({ id, name: id, title: `${id}'s work`, status, department: ref(in_) }) as Member;

const departments = [
  department("head office", null, "chen"),
  department("east", "head office", "wang"),
  department("south", "head office"),
  department("shanghai", "east"),
];
const members = [
  member("li", "shanghai"),
  member("wang", "east"),
  member("chen", "head office"),
  member("zhao", "south", "left"),
  member("qian", null),
];
const positions = [
  { id: "p", member: ref("wang"), department: ref("south"), title: "acting", begins_on: null, ends_on: null },
] as unknown as Position[];

const chart = () => buildChart(departments, members, positions, "nowhere");

test("people stand in their departments, heads first, further positions too, those who left not at all", () => {
  const [office, loose] = chart();
  const [east, south] = office?.children ?? [];

  expect(office?.people).toMatchObject([{ id: "chen", isHead: true, isFurther: false }]);
  expect(east?.people).toMatchObject([{ id: "wang", isHead: true }]);
  expect(south?.people).toMatchObject([{ id: "wang", isFurther: true, title: "acting", isHead: false }]);
  expect(loose).toMatchObject({ id: null, name: "nowhere", people: [{ id: "qian" }] });
});

test("everybody is counted once in a department with all below it", () => {
  const [office] = chart();

  expect(office?.count).toBe(3);
  expect(office?.children.map(({ count }) => count)).toEqual([2, 1]);
});

test("a head from elsewhere stands in the department all the same", () => {
  const [office] = buildChart([department("lab", null, "wang")], members, [], "nowhere");

  expect(office?.people).toMatchObject([{ id: "wang", isHead: true, isFurther: true }]);
});

test("what is below a closed department is not seen", () => {
  const ids = visibleNodes(chart(), new Set(["east"])).map(({ node }) => node.name);

  expect(ids).toEqual(["head office", "east", "south", "nowhere"]);
});

test.each([
  ["ArrowDown", "head office", { to: "east" }],
  ["ArrowUp", "south", { to: "shanghai" }],
  ["ArrowRight", "east", { to: "shanghai" }],
  ["ArrowLeft", "east", { toggle: true }],
  ["ArrowLeft", "shanghai", { to: "east" }],
  ["ArrowRight", "south", null],
  ["Home", "south", { to: "head office" }],
  ["End", "east", { to: "none" }],
  ["Enter", "east", { toggle: true }],
  ["x", "east", null],
])("%s at %s", (key, at, expected) => {
  expect(keyAt(key, at, chart(), new Set())).toEqual(expected);
});

test("a closed department opens before one steps into it", () => {
  expect(keyAt("ArrowRight", "east", chart(), new Set(["east"]))).toEqual({ toggle: true });
});

test("departments without any below them stand one below the other", () => {
  const [office] = chart();
  const [flat] = buildChart([department("a", null), department("b", "a"), department("c", "a")], [], [], "");

  expect(office && isStacked(office)).toBe(false);
  expect(flat && isStacked(flat)).toBe(true);
});
