/** A group of companies as a tree, with sums that include what lies below. */
import type { MoneyValue, RecordRow, Reference } from "@/api/types";
import { addSums } from "@/lib/money-sums";

export interface CompanyNode {
  company: RecordRow;
  children: CompanyNode[];
  /** Of this company and all below it, by currency. */
  open: MoneyValue[];
  won: MoneyValue[];
  /** Companies in this part of the tree, itself included. */
  size: number;
}

/** Rows whose parent is missing hang under the root; a circle is cut where it closes. */
export function buildTree(
  rows: readonly RecordRow[],
  rootId: string,
  sums: ReadonlyMap<string, Record<string, MoneyValue[]>>,
): CompanyNode {
  const known = new Set(rows.map((row) => row.id));
  const byParent = new Map<string, RecordRow[]>();
  for (const row of rows) {
    if (row.id === rootId) continue;
    const parent = (row.parent as Reference | null)?.id;
    const under = parent && known.has(parent) && parent !== row.id ? parent : rootId;
    byParent.set(under, [...(byParent.get(under) ?? []), row]);
  }
  const placed = new Set<string>();
  const node = (row: RecordRow): CompanyNode => {
    placed.add(row.id);
    const below = (byParent.get(row.id) ?? []).filter((child) => !placed.has(child.id));
    const children = below.map(node);
    const own = sums.get(row.id);
    return {
      company: row,
      children,
      open: addSums([own?.open ?? [], ...children.map((child) => child.open)]),
      won: addSums([own?.won ?? [], ...children.map((child) => child.won)]),
      size: children.reduce((sum, child) => sum + child.size, 1),
    };
  };
  const root = rows.find((row) => row.id === rootId);
  if (!root) throw new Error("the root is not among the rows");
  return node(root);
}

/** The tree from top to bottom, with depths, as lines of a table. */
export function treeLines(root: CompanyNode, depth = 0): { node: CompanyNode; depth: number }[] {
  return [{ node: root, depth }, ...root.children.flatMap((child) => treeLines(child, depth + 1))];
}
