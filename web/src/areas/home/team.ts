/** Figures of the department, put together by member. */
import type { GroupResult, MoneyValue, Reference } from "@/api/types";
import { moneyParts } from "@/lib/money-sums";

export type Column = "open" | "won" | "waiting" | "stalled" | "overdue";

export interface MemberRow {
  id: string;
  name: string;
  cells: Partial<Record<Column, { count: number; amounts: MoneyValue[] }>>;
}

/** A row for everybody who appears in any of the answers, those with most in hand first. */
export function memberRows(answers: readonly [Column, GroupResult][], currency: string): MemberRow[] {
  const rows = new Map<string, MemberRow>();
  for (const [column, { groups }] of answers) {
    for (const { keys, count, values } of groups) {
      const owner = keys[0] as Reference | null;
      if (!owner) continue;
      const row = rows.get(owner.id) ?? { id: owner.id, name: owner.title ?? "—", cells: {} };
      row.cells[column] = { count, amounts: moneyParts(values[0] ?? null, currency) };
      rows.set(owner.id, row);
    }
  }
  const worth = (row: MemberRow) =>
    (row.cells.open?.amounts ?? []).reduce((sum, { amount }) => sum + Number(amount), 0);
  return [...rows.values()].sort((a, b) => worth(b) - worth(a) || a.name.localeCompare(b.name));
}
