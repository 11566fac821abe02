/** The tree of a group: its shape and its sums. */
import { expect, test } from "vitest";
import type { MoneyValue, RecordRow } from "@/api/types";
import { buildTree, treeLines } from "./company-tree";

function company(id: string, parent: string | null): RecordRow {
  return { id, rev: 1, name: id, parent: parent && { id: parent, title: parent } };
}

const yuan = (amount: number): MoneyValue => ({ amount: String(amount), currency: "CNY" });
const dollars = (amount: number): MoneyValue => ({ amount: String(amount), currency: "USD" });

test("sums include the companies below", () => {
  const rows = [
    company("group", null),
    company("east", "group"),
    company("hangzhou", "east"),
    company("west", "group"),
  ];
  const sums = new Map<string, Record<string, MoneyValue[]>>([
    ["group", { open: [yuan(1)] }],
    ["hangzhou", { open: [yuan(10), dollars(3)], won: [yuan(5)] }],
    ["west", { won: [yuan(7)], lost: [yuan(100)] }],
  ]);

  const root = buildTree(rows, "group", sums);

  expect({ open: root.open, won: root.won, size: root.size }).toEqual({
    open: [yuan(11), dollars(3)],
    won: [yuan(12)],
    size: 4,
  });
  expect(treeLines(root).map(({ node, depth }) => [node.company.id, depth, node.open, node.won])).toEqual([
    ["group", 0, [yuan(11), dollars(3)], [yuan(12)]],
    ["east", 1, [yuan(10), dollars(3)], [yuan(5)]],
    ["hangzhou", 2, [yuan(10), dollars(3)], [yuan(5)]],
    ["west", 1, [], [yuan(7)]],
  ]);
});

test("a company whose parent is out of sight hangs under the root", () => {
  const root = buildTree([company("group", null), company("lonely", "hidden")], "group", new Map());

  expect(root.children.map((child) => child.company.id)).toEqual(["lonely"]);
});
