/** What is done to a layout while it is designed. */
import { expect, test } from "vitest";
import type { PageSection, PageTab } from "@/api/types";
import { sampleField } from "@/records/query/sample-catalog";
import { movedSection, placed, setOnly, shifted, unplaced, withoutField, withWidth } from "./model";

function section(...keys: string[]): PageSection {
  const fields = keys.map((key) => ({ key, width: null }));
  return { label: { "zh-CN": keys.join(), en: keys.join() }, columns: 2, collapsed: false, fields };
}

const keys = (sections: readonly PageSection[]) => sections.map(({ fields }) => fields.map(({ key }) => key));

test("a field from the palette goes where it is dropped", () => {
  expect(keys(placed([section("a", "b"), section()], "c", { section: 0, at: 1 }))).toEqual([
    ["a", "c", "b"],
    [],
  ]);
});

test("a field goes to another section with its width, and is in one only", () => {
  const begun = withWidth([section("a", "b"), section("c")], "b", 2);

  const next = placed(begun, "b", { section: 1, at: 1 });

  expect(keys(next)).toEqual([["a"], ["c", "b"]]);
  expect(next[1]?.fields[1]).toEqual({ key: "b", width: 2 });
});

test("within its section a field goes before and behind others, as they are seen", () => {
  const begun = [section("a", "b", "c")];

  expect(keys(placed(begun, "a", { section: 0, at: 2 }))).toEqual([["b", "a", "c"]]);
  expect(keys(placed(begun, "a", { section: 0, at: 3 }))).toEqual([["b", "c", "a"]]);
  expect(keys(placed(begun, "c", { section: 0, at: 0 }))).toEqual([["c", "a", "b"]]);
  expect(keys(placed(begun, "b", { section: 0, at: 1 }))).toEqual([["a", "b", "c"]]);
});

test("what was taken off is offered again, hidden fields never", () => {
  const fields = [
    sampleField("id", "text", { system: true }),
    sampleField("owner", "person", { system: true }),
    sampleField("a", "text"),
    sampleField("b", "text"),
    sampleField("secret", "text", { hidden: true }),
  ];

  const sections = withoutField([section("a", "b")], "b");

  expect(unplaced(fields, sections).map(({ key }) => key)).toEqual(["b", "owner"]);
});

test("a place beyond the ends changes nothing", () => {
  expect(shifted(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  expect(shifted(["a", "b"], 1, 2)).toEqual(["a", "b"]);
  expect(shifted(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
});

test("panels go on naming the sections they named, wherever those went", () => {
  const tabs: PageTab[] = [
    { key: "0", label: { "zh-CN": "资料", en: "Facts" }, panels: [{ kind: "facts", sections: [0, 2] }] },
  ];
  const layout = { sections: [section("a"), section("b"), section("c")], tabs };
  const named = (to: number | null, from = 0) =>
    movedSection(layout, from, to).tabs?.[0]?.panels[0]?.sections;

  expect(named(2)).toEqual([2, 1]);
  expect(named(1)).toEqual([1, 2]);
  expect(named(null)).toEqual([1]);
  expect(named(0, 2)).toEqual([1, 0]);
  expect(keys(movedSection(layout, 1, null).sections ?? [])).toEqual([["a"], ["c"]]);
});

test("a panel that names no section any more shows all of them", () => {
  const tabs: PageTab[] = [
    { key: "0", label: { "zh-CN": "资料", en: "Facts" }, panels: [{ kind: "facts", sections: [0] }] },
  ];

  expect(
    movedSection({ sections: [section("a")], tabs }, 0, null).tabs?.[0]?.panels[0]?.sections,
  ).toBeUndefined();
});

test("settings without a value are left out of a panel", () => {
  expect(setOnly({ kind: "related", relation: "x", columns: [], limit: null, label: undefined })).toEqual({
    kind: "related",
    relation: "x",
  });
});
