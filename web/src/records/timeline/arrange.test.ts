/** Timelines: changes fold, the future comes first, the past stands by month. */
import { expect, test } from "vitest";
import type { Catalog, ChangeItem, TimelineItem } from "@/api/types";
import { arrangeTimeline, type FoldedChanges, foldChanges } from "./arrange";

const NOW = Date.parse("2026-11-22T08:00:00Z");
const wang = { id: "m1", title: "王芳" };
const li = { id: "m2", title: "李雷" };

function change(
  at: string,
  fields: string[],
  by = wang,
  op: ChangeItem["op"] = "update",
  via = "ui",
): TimelineItem {
  return {
    type: "change",
    at,
    by,
    via,
    op,
    change_set: `set-${at}`,
    share: null,
    fields: fields.map((field) => ({
      field,
      label: { "zh-CN": field, en: field },
      old: "",
      new: "x",
      old_value: null,
      new_value: "x",
    })),
  };
}

function activity(
  object: string,
  id: string,
  at: string,
  values: Record<string, unknown> = {},
): TimelineItem {
  return { type: "activity", object, at, by: wang, record: { id, rev: 1, ...values } };
}

const datetime = (key: string) => ({ key, kind: "datetime", system: false, read_only: false });
const catalog = {
  version: 1,
  objects: [
    { key: "task", fields: [datetime("due_at")] },
    { key: "meeting", fields: [datetime("starts_at")] },
    { key: "note", fields: [] },
  ],
} as unknown as Catalog;

const counts = (items: TimelineItem[]) =>
  foldChanges(items).map((entry) => (entry.type === "changes" ? entry.count : entry.object));

test("changes of one person on one day fold into one line with the number of values", () => {
  const items = [
    change("2026-11-20T09:00:00Z", ["stage", "amount"]),
    change("2026-11-20T08:00:00Z", ["name"]),
  ];

  const [folded] = foldChanges(items) as FoldedChanges[];

  expect(folded?.count).toBe(3);
  expect(folded?.changes).toHaveLength(2);
  expect(folded?.at).toBe("2026-11-20T09:00:00Z");
});

test.each([
  ["another person", change("2026-11-20T08:00:00Z", ["name"], li)],
  ["another day", change("2026-11-18T08:00:00Z", ["name"])],
  ["another way", change("2026-11-20T08:00:00Z", ["name"], wang, "update", "import")],
  ["the creation", change("2026-11-20T08:00:00Z", ["name"], wang, "create")],
])("%s begins a line of its own", (_name, other) => {
  expect(counts([change("2026-11-20T09:00:00Z", ["stage"]), other])).toEqual([1, 1]);
});

test("an activity between changes keeps them apart", () => {
  const items = [
    change("2026-11-20T09:00:00Z", ["stage"]),
    activity("note", "n1", "2026-11-20T08:30:00Z"),
    change("2026-11-20T08:00:00Z", ["name"]),
  ];

  expect(counts(items)).toEqual([1, "note", 1]);
});

test("pinned, then what is ahead by urgency, then months", () => {
  const items = [
    activity("task", "later", "2026-11-21T00:00:00Z", { status: "open", due_at: "2026-12-01T00:00:00Z" }),
    activity("task", "overdue", "2026-11-20T00:00:00Z", { status: "open", due_at: "2026-11-01T00:00:00Z" }),
    activity("task", "whenever", "2026-11-19T00:00:00Z", { status: "open", due_at: null }),
    activity("task", "done", "2026-11-18T12:00:00Z", { status: "done", due_at: "2026-12-24T00:00:00Z" }),
    activity("meeting", "planned", "2026-11-17T00:00:00Z", { starts_at: "2026-11-25T00:00:00Z" }),
    activity("note", "pinned", "2026-10-10T12:00:00Z", { is_pinned: true }),
    change("2026-10-09T12:00:00Z", ["name"]),
  ];

  const arranged = arrangeTimeline(catalog, items, NOW);

  expect(arranged.pinned.map((item) => item.record.id)).toEqual(["pinned"]);
  expect(arranged.upcoming.map((item) => item.record.id)).toEqual([
    "overdue",
    "planned",
    "later",
    "whenever",
  ]);
  expect(arranged.months.map(({ month, entries }) => [month, entries.length])).toEqual([
    ["2026-11", 1],
    ["2026-10", 1],
  ]);
});
