/** What the screens of contracts read and do. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  ContractStage,
  FileValue,
  InvoicedInstalment,
  MoneyValue,
  NotedEvent,
  PlannedPayments,
  RecordRow,
  Reference,
  RenewedContract,
  SignedContract,
} from "@/api/types";
import { queryRecords, recordKeys, runAction } from "@/lib/records";

const MOST = 120;
export const EVENTS = ["date", "signing", "delivery", "acceptance"] as const;
export type Event = (typeof EVENTS)[number];

export interface Instalment extends RecordRow {
  name: string;
  percent: string | null;
  amount: MoneyValue | null;
  event: Event;
  days: number | null;
  due_on: string | null;
  status: "planned" | "due" | "part_paid" | "paid" | "cancelled";
  invoice: Reference | null;
  paid_amount: MoneyValue | null;
}

export interface PlannedInstalment {
  name: string;
  percent: string | null;
  amount: string | null;
  event: Event;
  days: number | null;
  due_on: string | null;
}

interface SignatureRow extends RecordRow {
  name: string;
  side: "ours" | "theirs";
  position: string | null;
  signed_on: string | null;
  picture: FileValue[] | null;
  file: FileValue[] | null;
}

export interface Signature {
  side: string;
  person: string;
  position: string | null;
  signed_on: string | null;
  picture: string | null;
  file: string | null;
}

export function planQuery(contract: string) {
  return queryOptions({
    queryKey: [...recordKeys.of("contract_instalment"), "of", contract],
    queryFn: async ({ signal }) =>
      (
        await queryRecords(
          "contract_instalment",
          {
            where: { field: "contract", op: "eq", value: contract },
            select: [
              "name",
              "percent",
              "amount",
              "event",
              "days",
              "due_on",
              "status",
              "invoice",
              "paid_amount",
            ],
            sort: [{ field: "position", dir: "asc" }],
            limit: MOST,
          },
          signal,
        )
      ).rows as Instalment[],
  });
}

export function signaturesQuery(contract: string) {
  return queryOptions({
    queryKey: [...recordKeys.of("contract_signature"), "of", contract],
    queryFn: async ({ signal }) =>
      (
        await queryRecords(
          "contract_signature",
          {
            where: { field: "contract", op: "eq", value: contract },
            select: ["name", "side", "position", "signed_on", "picture", "file"],
            sort: [{ field: "signed_on", dir: "asc" }],
            limit: MOST,
          },
          signal,
        )
      ).rows as SignatureRow[],
  });
}

export const moveContract = (verb: "submit" | "withdraw", contract: string) =>
  runAction<ContractStage>(`contracts/${verb}-contract`, { contract });
export const signContract = (contract: string, signature: Signature) =>
  runAction<SignedContract>("contracts/sign-contract", { contract, ...signature });
export const terminateContract = (contract: string, reason: string, terminated_on: string) =>
  runAction<ContractStage>("contracts/terminate-contract", {
    contract,
    reason,
    terminated_on: terminated_on || null,
  });
export const renewContract = (contract: string, starts_on: string, ends_on: string) =>
  runAction<RenewedContract>("contracts/renew-contract", {
    contract,
    starts_on: starts_on || null,
    ends_on: ends_on || null,
  });
export const planPayments = (contract: string, instalments: PlannedInstalment[]) =>
  runAction<PlannedPayments>("contracts/plan-payments", { contract, instalments });
export const noteEvent = (contract: string, event: string, on: string) =>
  runAction<NotedEvent>("contracts/note-event", { contract, event, on: on || null });
export const invoiceInstalment = (instalment: string) =>
  runAction<InvoicedInstalment>("contracts/invoice-instalment", { instalment });

/** Stages, plans, signatures and invoices hang together. */
export const contractsChanged = (client: QueryClient) =>
  client.invalidateQueries({ queryKey: recordKeys.all() });
