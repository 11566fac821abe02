/** What may be done with a payment: settle invoices with what is left of it, or pay that back. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MoneyValue, Reference } from "@/api/types";
import { formatMoney } from "@/lib/format";
import type { RecordPartProps } from "@/records/page/extensions";
import { AskDialog, type Question } from "@/ui/ask-dialog";
import { AllocateDialog } from "./allocate-dialog";
import classes from "./billing.module.css";
import { ledgerChanged, refundPayment } from "./requests";

export function PaymentBanner({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [allocating, setAllocating] = useState(false);
  const [question, setQuestion] = useState<Question | null>(null);
  const left = record.open_amount as MoneyValue | null;
  const company = record.company as Reference | null;
  if (record.kind !== "received" || !left || Number(left.amount) <= 0 || record._rights?.edit === false) {
    return null;
  }
  const refund = (): Question => ({
    title: t("billing.refund_title"),
    text: t("billing.refund_text", { left: formatMoney(left) }),
    button: t("billing.refund"),
    done: t("billing.refunded"),
    danger: true,
    fields: [
      { key: "amount", label: t("billing.amount"), kind: "amount", value: left.amount },
      { key: "note", label: t("billing.reason") },
    ],
    run: ({ amount = "", note = "" }) => refundPayment(record.id, amount.trim(), note.trim()),
  });
  return (
    <div className={classes.banner}>
      <span className={classes.quiet}>{t("billing.is_free", { left: formatMoney(left) })}</span>
      <span className={classes.space} />
      {company && (
        <Button size="compact-sm" onClick={() => setAllocating(true)}>
          {t("billing.allocate")}
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={() => setQuestion(refund())}>
        {t("billing.refund")}
      </Button>
      {question && (
        <AskDialog
          question={question}
          onDone={() => ledgerChanged(client)}
          onClose={() => setQuestion(null)}
        />
      )}
      {allocating && company && (
        <AllocateDialog
          payment={record.id}
          company={company.id}
          left={left}
          day={record.paid_on as string}
          onClose={() => setAllocating(false)}
        />
      )}
    </div>
  );
}
