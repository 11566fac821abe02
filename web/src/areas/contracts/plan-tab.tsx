/** How a contract is paid: its instalments, when each is due, what was invoiced and what came in. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Hue, Label, MoneyValue } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { formatDate, formatMoney, formatPercent } from "@/lib/format";
import { label } from "@/lib/label";
import { can } from "@/lib/rights";
import { RecordLink, recordHref } from "@/records/lookup/record-link";
import type { RecordPartProps } from "@/records/page/extensions";
import { AskDialog, type Question } from "@/ui/ask-dialog";
import { Chip } from "@/ui/chip";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./contracts.module.css";
import { PlanDialog } from "./plan-dialog";
import { contractsChanged, type Instalment, invoiceInstalment, noteEvent, planQuery } from "./requests";

const AGREED = new Set(["signed", "in_force", "expired"]);

export function PlanTab({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const found = useQuery(planQuery(record.id));
  const [planning, setPlanning] = useState(false);
  const [question, setQuestion] = useState<Question | null>(null);
  if (found.isError) return <ErrorState compact error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <RowsSkeleton rows={3} height={40} />;
  const rows = found.data;
  const total = record.amount as MoneyValue | null;
  const mayEdit = record._rights?.edit !== false;
  const open = mayEdit && record.status === "draft";
  const waiting = (event: string) =>
    mayEdit &&
    AGREED.has(String(record.status)) &&
    rows.some((one) => one.event === event && one.status === "planned" && !one.due_on);
  const note = (event: "delivery" | "acceptance"): Question => ({
    title: t(`contracts.note_${event}`),
    text: t("contracts.note_text"),
    button: t(`contracts.note_${event}`),
    done: t("contracts.noted"),
    fields: [{ key: "on", label: t("contracts.on"), kind: "date" }],
    run: ({ on = "" }) => noteEvent(record.id, event, on),
  });
  const plan = (
    <Button
      size="compact-sm"
      disabled={!total || Number(total.amount) <= 0}
      onClick={() => setPlanning(true)}
    >
      {t(rows.length > 0 ? "contracts.change_plan" : "contracts.make_plan")}
    </Button>
  );
  return (
    <div>
      {rows.length > 0 && (
        <div className={classes.tools}>
          <span className={classes.space} />
          {(["delivery", "acceptance"] as const).map(
            (event) =>
              waiting(event) && (
                <Button
                  key={event}
                  size="compact-sm"
                  variant="default"
                  onClick={() => setQuestion(note(event))}
                >
                  {t(`contracts.note_${event}`)}
                </Button>
              ),
          )}
          {open && plan}
        </div>
      )}
      {rows.length === 0 ? (
        <EmptyState title={t("contracts.no_plan")} action={open ? plan : undefined}>
          {t(open && !total ? "contracts.no_plan_amount" : "contracts.no_plan_text")}
        </EmptyState>
      ) : (
        <Plan rows={rows} agreed={AGREED.has(String(record.status))} />
      )}
      {planning && total && (
        <PlanDialog contract={record.id} total={total} rows={rows} onClose={() => setPlanning(false)} />
      )}
      {question && (
        <AskDialog
          question={question}
          onDone={() => contractsChanged(client)}
          onClose={() => setQuestion(null)}
        />
      )}
    </div>
  );
}

function Plan({ rows, agreed }: { rows: Instalment[]; agreed: boolean }) {
  const { t } = useTranslation();
  const currency = rows[0]?.amount?.currency ?? "CNY";
  const sum = (key: "amount" | "paid_amount") =>
    formatMoney({ amount: addedUp(rows.map((one) => one[key]?.amount)), currency });
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("contracts.instalment")}</th>
            <th className={classes.number}>{t("contracts.amount")}</th>
            <th>{t("contracts.due")}</th>
            <th>{t("contracts.state")}</th>
            <th className={classes.number}>{t("contracts.paid")}</th>
            <th>{t("contracts.invoice")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <Row key={one.id} one={one} agreed={agreed} />
          ))}
          <tr className={classes.sum}>
            <td>{t("contracts.total")}</td>
            <td className={classes.number}>{sum("amount")}</td>
            <td colSpan={2} />
            <td className={classes.number}>{sum("paid_amount")}</td>
            <td />
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function Row({ one, agreed }: { one: Instalment; agreed: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const router = useRouter();
  const invoices = useObject("invoice");
  const instalments = useObject("contract_instalment");
  const field = instalments && findField(instalments, "status");
  const states = (field?.settings.options ?? []) as { key: string; label: Label; color?: Hue }[];
  const state = states.find(({ key }) => key === one.status);
  const making = useMutation({
    mutationFn: () => invoiceInstalment(one.id),
    onSuccess: async ({ result }) => {
      toastSuccess(t("contracts.invoiced", { number: result.number }));
      await contractsChanged(client);
      router.history.push(recordHref("invoice", result.invoice));
    },
    onError: toastError,
  });
  return (
    <tr>
      <td>
        {one.name}
        {one.percent && <span className={classes.quiet}> {formatPercent(one.percent)}</span>}
      </td>
      <td className={classes.number}>{formatMoney(one.amount)}</td>
      <td>
        {one.due_on
          ? formatDate(one.due_on)
          : t(`contracts.after_${one.event}`, { days: one.days ?? 0, count: one.days ?? 0 })}
      </td>
      <td>{state && <Chip hue={state.color ?? "slate"}>{label(state.label)}</Chip>}</td>
      <td className={classes.number}>{formatMoney(one.paid_amount)}</td>
      <td>
        {one.invoice ? (
          <RecordLink object="invoice" id={one.invoice.id} className={classes.link}>
            {one.invoice.title ?? "—"}
          </RecordLink>
        ) : (
          agreed &&
          one.status !== "cancelled" &&
          can(invoices, "create") && (
            <Button
              size="compact-xs"
              variant="default"
              loading={making.isPending}
              onClick={() => making.mutate()}
            >
              {t("contracts.make_invoice")}
            </Button>
          )
        )}
      </td>
    </tr>
  );
}

const SCALE = 1000;

/** Amounts added up in thousandths, which is as fine as a currency pays. */
function addedUp(amounts: readonly (string | null | undefined)[]): string {
  return String(amounts.reduce((sum, one) => sum + Math.round(Number(one ?? 0) * SCALE), 0) / SCALE);
}
