/** What may be done with an invoice in its state: issue it, have it paid, take it back, give it up. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MoneyValue, Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { formatMoney } from "@/lib/format";
import { can } from "@/lib/rights";
import type { RecordPartProps } from "@/records/page/extensions";
import { AskDialog, type Question } from "@/ui/ask-dialog";
import classes from "./billing.module.css";
import { today } from "./days";
import { PaymentDialog } from "./payment-dialog";
import { cancelInvoice, issueInvoice, ledgerChanged, takeBackWriteOff, writeOff } from "./requests";

export function InvoiceBanner({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const payments = useObject("payment");
  const [question, setQuestion] = useState<Question | null>(null);
  const [paying, setPaying] = useState(false);
  const { id, status, kind } = record;
  const company = record.company as Reference | null;
  const open = record.open_amount as MoneyValue | null;
  const settles = can(payments, "edit");
  const owed = kind === "invoice" && (status === "issued" || status === "part_paid");
  const issue = (): Question => ({
    title: t("billing.issue_title"),
    text: t("billing.issue_text"),
    button: t("billing.issue"),
    done: t("billing.issued"),
    fields: [
      {
        key: "issued_on",
        label: t("billing.issued_on"),
        kind: "date",
        value: (record.issued_on as string) ?? today(),
      },
      { key: "due_on", label: t("billing.due_on"), kind: "date", value: (record.due_on as string) ?? "" },
    ],
    run: ({ issued_on = "", due_on = "" }) => issueInvoice(id, issued_on, due_on),
  });
  const cancel = (): Question => ({
    title: t("billing.cancel_title"),
    text: t("billing.cancel_text"),
    button: t("billing.cancel"),
    done: t("billing.cancelled"),
    danger: true,
    fields: [
      { key: "amount", label: t("billing.cancel_amount"), kind: "amount" },
      { key: "reason", label: t("billing.reason") },
    ],
    run: ({ amount = "", reason = "" }) => cancelInvoice(id, amount.trim(), reason.trim()),
  });
  const giveUp = (): Question => ({
    title: t("billing.write_off_title"),
    text: t("billing.write_off_text", { open: formatMoney(open) }),
    button: t("billing.write_off"),
    done: t("billing.written_off"),
    danger: true,
    fields: [{ key: "reason", label: t("billing.reason") }],
    run: ({ reason = "" }) => writeOff(id, reason.trim()),
  });
  const hope = (): Question => ({
    title: t("billing.take_back_write_off"),
    text: t("billing.take_back_write_off_text"),
    button: t("billing.take_back_write_off"),
    done: t("billing.write_off_taken_back"),
    fields: [],
    run: () => takeBackWriteOff(id),
  });
  const buttons = [
    status === "draft" && record._rights?.edit !== false && (
      <Button key="issue" size="compact-sm" onClick={() => setQuestion(issue())}>
        {t("billing.issue")}
      </Button>
    ),
    owed && company && can(payments, "create") && (
      <Button key="pay" size="compact-sm" onClick={() => setPaying(true)}>
        {t("billing.record")}
      </Button>
    ),
    kind === "invoice" && status !== "draft" && status !== "cancelled" && settles && (
      <Button key="cancel" size="compact-sm" variant="default" onClick={() => setQuestion(cancel())}>
        {t("billing.cancel")}
      </Button>
    ),
    owed && settles && (
      <Button key="write_off" size="compact-sm" variant="default" onClick={() => setQuestion(giveUp())}>
        {t("billing.write_off")}
      </Button>
    ),
    status === "bad_debt" && settles && (
      <Button key="hope" size="compact-sm" variant="default" onClick={() => setQuestion(hope())}>
        {t("billing.take_back_write_off")}
      </Button>
    ),
  ].filter(Boolean);
  const due = record.due_on as string | null;
  const late = owed && due !== null && due < today();
  if (buttons.length === 0 && !late) return null;
  return (
    <div className={classes.banner}>
      <span className={late ? classes.lateText : classes.quiet}>
        {status === "draft"
          ? t("billing.is_draft")
          : late
            ? t("billing.is_late", { open: formatMoney(open) })
            : owed
              ? t("billing.is_open", { open: formatMoney(open) })
              : t("billing.is_settled")}
      </span>
      <span className={classes.space} />
      {buttons}
      {question && (
        <AskDialog
          question={question}
          onDone={() => ledgerChanged(client)}
          onClose={() => setQuestion(null)}
        />
      )}
      {paying && company && open && (
        <PaymentDialog
          company={company.id}
          amount={open.amount}
          currency={open.currency}
          onClose={() => setPaying(false)}
        />
      )}
    </div>
  );
}
