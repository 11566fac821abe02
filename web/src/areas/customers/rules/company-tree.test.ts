/** The tree of a group: its shape and its sums. */
import { expect, test } from "vitest";
import type { RecordRow } from "@/api/types";
import { buildTree, treeLines } from "./company-tree";

function company(id: string, parent: string | null): RecordRow {
  return { id, rev: 1, name: id, parent: parent && { id: parent, title: parent } };
}

test("sums include the companies below", () => {
  const rows = [
    company("group", null),
    company("east", "group"),
    company("hangzhou", "east"),
    company("west", "group"),
  ];
  const sums = new Map<string, Record<string, number>>([
    ["group", { open: 1 }],
    ["hangzhou", { open: 10, won: 5 }],
    ["west", { won: 7, lost: 100 }],
  ]);

  const root = buildTree(rows, "group", sums);

  expect({ open: root.open, won: root.won, size: root.size }).toEqual({ open: 11, won: 12, size: 4 });
  expect(treeLines(root).map(({ node, depth }) => [node.company.id, depth, node.open, node.won])).toEqual([
    ["group", 0, 11, 12],
    ["east", 1, 10, 5],
    ["hangzhou", 2, 10, 5],
    ["west", 1, 0, 7],
  ]);
});

test("a company whose parent is out of sight hangs under the root", () => {
  const root = buildTree([company("group", null), company("lonely", "hidden")], "group", new Map());

  expect(root.children.map((child) => child.company.id)).toEqual(["lonely"]);
});
