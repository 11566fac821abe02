/** A part of an order is asked for ahead; later invoices take it off. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { HandCoins } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { can } from "@/lib/rights";
import { recordHref } from "@/records/lookup/record-link";
import type { RecordPartProps } from "@/records/page/extensions";
import { AskDialog, type Question } from "@/ui/ask-dialog";
import { documentsChanged, invoiceDownPayment } from "./requests";

const OPEN = new Set(["confirmed", "part_shipped"]);
const USUAL = "30";

export function DownPayment({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const router = useRouter();
  const invoices = useObject("invoice");
  const [asking, setAsking] = useState(false);
  if (!OPEN.has(String(record.status)) || record._rights?.edit === false || !can(invoices, "create"))
    return null;
  const question: Question = {
    title: t("documents.down_payment"),
    text: t("documents.down_payment_text"),
    button: t("documents.make_invoice"),
    done: t("documents.made_invoice"),
    fields: [
      { key: "percent", label: t("documents.percent"), kind: "amount", value: USUAL },
      { key: "amount", label: t("documents.or_amount"), kind: "amount" },
    ],
    run: async ({ percent = "", amount = "" }) => {
      const exact = amount.trim();
      const { result } = await invoiceDownPayment(record.id, exact ? null : percent.trim(), exact || null);
      router.history.push(recordHref("invoice", result.invoice));
    },
  };
  return (
    <>
      <Button variant="default" leftSection={<HandCoins size={14} />} onClick={() => setAsking(true)}>
        {t("documents.down_payment")}
      </Button>
      {asking && (
        <AskDialog
          question={question}
          onDone={() => documentsChanged(client)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
