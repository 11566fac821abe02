/** What the screens of billing read and do. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  AllocatedPayment,
  CancelledInvoice,
  Filter,
  IssuedInvoice,
  MakeStatements,
  MoneyValue,
  ProposedAllocation,
  Receivables,
  RecordedPayment,
  RecordRow,
  Reference,
  RefundedPayment,
  Statement,
  StatementBatch,
  StatementBatches,
  TakenBackAllocation,
  WrittenOff,
} from "@/api/types";
import { queryRecords, recordKeys, runAction } from "@/lib/records";
import { currentWorkspace, workspaceRequest, workspaceUrl } from "@/lib/workspace";

const billingKeys = () => ["billing", currentWorkspace()] as const;
const MOST = 200;
const WATCHED = 1_500;
const GOING_ON = new Set<StatementBatch["state"]>(["waiting", "running"]);

export interface Wanted {
  invoice: string;
  amount: string;
}

export interface Paid {
  amount: string;
  currency: string;
  paid_on: string;
  method: string | null;
  reference: string | null;
}

export interface Allocation extends RecordRow {
  invoice: Reference;
  payment: Reference | null;
  credit_note: Reference | null;
  amount: MoneyValue;
  source_amount: MoneyValue;
  exchange_difference: MoneyValue | null;
  allocated_on: string;
}

/** What a company owes, and what of it an amount of a day would settle. */
export function proposalQuery(company: string, amount: string, currency: string, day: string) {
  return queryOptions({
    queryKey: [...billingKeys(), "proposal", company, amount, currency, day],
    queryFn: () =>
      runAction<ProposedAllocation>("billing/propose-allocation", {
        company,
        amount: amount || null,
        currency,
        day: day || null,
      }).then(({ result }) => result),
  });
}

export function allocationsQuery(field: "invoice" | "payment" | "credit_note", id: string) {
  const where: Filter = { field, op: "eq", value: id };
  return queryOptions({
    queryKey: [...recordKeys.of("payment_allocation"), field, id],
    queryFn: async ({ signal }) =>
      (
        await queryRecords(
          "payment_allocation",
          { where, sort: [{ field: "allocated_on", dir: "asc" }], limit: MOST },
          signal,
        )
      ).rows as Allocation[],
  });
}

export function statementQuery(company: string, begins: string, ends: string) {
  return queryOptions({
    queryKey: [...billingKeys(), "statement", company, begins, ends],
    queryFn: ({ signal }) =>
      workspaceRequest<Statement>(`/companies/${company}/statement`, { query: { begins, ends }, signal }),
  });
}

export const statementFile = (company: string, asked: Record<string, string>) =>
  workspaceUrl(`/companies/${company}/statement/file`, asked);

/** The caller's own batches of statements, asked for again while one is made. */
export function batchesQuery() {
  return queryOptions({
    queryKey: [...billingKeys(), "batches"],
    queryFn: ({ signal }) => workspaceRequest<StatementBatches>("/statements", { signal }),
    refetchInterval: ({ state }) =>
      state.data?.batches.some((one) => GOING_ON.has(one.state)) ? WATCHED : false,
  });
}

export const batchFile = (batch: string) => workspaceUrl(`/statements/${batch}/file`);

export const makeStatements = async (asked: MakeStatements) =>
  (await runAction<StatementBatch>("billing/make-statements", { ...asked })).result;

export const cancelStatements = async (batch: string) =>
  (await runAction<StatementBatch>("billing/cancel-statements", { batch })).result;

export const resumeStatements = async (batch: string) =>
  (await runAction<StatementBatch>("billing/resume-statements", { batch })).result;

/** Shows a batch as it has just been told, a new one first. */
export function keepBatch(client: QueryClient, next: StatementBatch): void {
  const { queryKey } = batchesQuery();
  client.setQueryData(queryKey, (old) => {
    const known = old?.batches ?? [];
    const batches = known.some(({ id }) => id === next.id)
      ? known.map((one) => (one.id === next.id ? next : one))
      : [next, ...known];
    return { batches };
  });
  void client.invalidateQueries({ queryKey });
}

export function receivablesQuery() {
  return queryOptions({
    queryKey: [...billingKeys(), "receivables"],
    queryFn: ({ signal }) => workspaceRequest<Receivables>("/receivables", { signal }),
  });
}

export const issueInvoice = (invoice: string, issued_on: string, due_on: string) =>
  runAction<IssuedInvoice>("billing/issue-invoice", {
    invoice,
    issued_on: issued_on || null,
    due_on: due_on || null,
  });

export const cancelInvoice = (invoice: string, amount: string, reason: string) =>
  runAction<CancelledInvoice>("billing/cancel-invoice", {
    invoice,
    amount: amount || null,
    reason: reason || null,
  });

export const writeOff = (invoice: string, reason: string) =>
  runAction<WrittenOff>("billing/write-off", { invoice, reason: reason || null });

export const takeBackWriteOff = (invoice: string) =>
  runAction<WrittenOff>("billing/take-back-write-off", { invoice });

export const recordPayment = (company: string, paid: Paid, items: Wanted[]) =>
  runAction<RecordedPayment>("billing/record-payment", { company, ...paid, items });

export const allocatePayment = (payment: string, items: Wanted[]) =>
  runAction<AllocatedPayment>("billing/allocate-payment", { payment, items });

export const takeBackAllocation = (allocation: string) =>
  runAction<TakenBackAllocation>("billing/take-back-allocation", { allocation });

export const refundPayment = (payment: string, amount: string, note: string) =>
  runAction<RefundedPayment>("billing/refund-payment", { payment, amount, note: note || null });

/** Every amount may be another one. */
export async function ledgerChanged(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: billingKeys() }),
    ...["invoice", "payment", "payment_allocation", "sales_order"].map((object) =>
      client.invalidateQueries({ queryKey: recordKeys.of(object) }),
    ),
  ]);
}
