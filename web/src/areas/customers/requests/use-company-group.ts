/** The whole group a company belongs to, with what was sold and is open in each of its companies. */
import { useQuery } from "@tanstack/react-query";
import type { MoneyValue, RecordRow, Reference } from "@/api/types";
import { moneyParts } from "@/lib/money-sums";
import { getRecord, groupRecords, queryRecords, recordKeys } from "@/lib/records";
import { buildTree, type CompanyNode } from "../rules/company-tree";

const HIGHEST = 12;
const MOST = 200;
const SELECT = ["name", "parent", "level", "owner"];

/** The topmost company above this one that the reader may see. */
async function rootOf(company: RecordRow, signal: AbortSignal): Promise<RecordRow> {
  let root = company;
  const seen = new Set([root.id]);
  for (let step = 0; step < HIGHEST; step += 1) {
    const parent = root.parent as Reference | null;
    if (!parent || parent.restricted || seen.has(parent.id)) break;
    seen.add(parent.id);
    root = await getRecord("company", parent.id, SELECT, signal);
  }
  return root;
}

/** Sums by company id and status. */
async function salesOf(
  ids: string[],
  currency: string,
  signal: AbortSignal,
): Promise<Map<string, Record<string, MoneyValue[]>>> {
  const answer = await groupRecords(
    "opportunity",
    {
      by: [{ field: "company" }, { field: "status" }],
      aggregates: [{ fn: "sum", field: "amount" }],
      where: { field: "company", op: "in", value: ids },
      limit: MOST * 3,
    },
    signal,
  );
  const sums = new Map<string, Record<string, MoneyValue[]>>();
  for (const { keys, values } of answer.groups) {
    const [company, status] = keys as [Reference | null, string | null];
    if (!company || !status) continue;
    sums.set(company.id, { ...sums.get(company.id), [status]: moneyParts(values[0], currency) });
  }
  return sums;
}

/** `complete` is false where the group has more companies than are shown. */
export interface CompanyGroup {
  root: CompanyNode;
  complete: boolean;
}

export function useCompanyGroup(company: RecordRow, withSales: boolean, currency: string) {
  const parent = (company.parent as Reference | null)?.id ?? null;
  return useQuery({
    queryKey: [...recordKeys.of("company"), "group-tree", company.id, parent, withSales],
    queryFn: async ({ signal }): Promise<CompanyGroup> => {
      const root = await rootOf(company, signal);
      const where = { field: "parent", op: "in_tree", value: root.id };
      const below = await queryRecords("company", { select: SELECT, where, limit: MOST }, signal);
      const rows = [root, ...below.rows.filter((row) => row.id !== root.id)];
      const sums = withSales
        ? await salesOf(
            rows.map((row) => row.id),
            currency,
            signal,
          )
        : new Map();
      return { root: buildTree(rows, root.id, sums), complete: below.next_cursor === null };
    },
  });
}
