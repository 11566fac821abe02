/** What is done with an order next: confirm it, ship it, invoice it, give up the rest. */
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { can } from "@/lib/rights";
import { recordHref } from "@/records/lookup/record-link";
import type { RecordPartProps } from "@/records/page/extensions";
import { AskDialog, type Question } from "@/ui/ask-dialog";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./orders.module.css";
import { PartsDialog } from "./parts-dialog";
import { cancelRest, confirmOrder, ordersChanged, reopenOrder } from "./requests";

const SHIPPING = ["confirmed", "part_shipped", "part_invoiced"];
const OPEN = [...SHIPPING, "shipped"];

export function OrderBanner({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const router = useRouter();
  const shipments = useObject("shipment");
  const invoices = useObject("invoice");
  const [parts, setParts] = useState<"ship" | "invoice" | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const confirming = useMutation({
    mutationFn: () => confirmOrder(record.id),
    onSuccess: async () => {
      toastSuccess(t("orders.confirmed"));
      await ordersChanged(client);
    },
    onError: toastError,
  });
  const status = String(record.status);
  if (record._rights?.edit === false || !(status === "draft" || OPEN.includes(status))) return null;
  const give: Question = {
    title: t("orders.cancel_rest"),
    text: t("orders.cancel_rest_text"),
    button: t("orders.cancel_rest"),
    done: t("orders.rest_cancelled"),
    danger: true,
    fields: [],
    run: () => cancelRest(record.id),
  };
  const reopen: Question = {
    title: t("orders.reopen"),
    text: t("orders.reopen_text"),
    button: t("orders.reopen"),
    done: t("orders.reopened"),
    fields: [],
    run: () => reopenOrder(record.id),
  };
  return (
    <div className={classes.banner}>
      <span className={classes.quiet}>
        {t(status === "draft" ? "orders.is_draft" : "orders.is_confirmed")}
      </span>
      <span className={classes.space} />
      {status === "draft" && (
        <Button size="compact-sm" loading={confirming.isPending} onClick={() => confirming.mutate()}>
          {t("orders.confirm")}
        </Button>
      )}
      {SHIPPING.includes(status) && can(shipments, "create") && (
        <Button size="compact-sm" onClick={() => setParts("ship")}>
          {t("orders.ship")}
        </Button>
      )}
      {OPEN.includes(status) && can(invoices, "create") && (
        <Button
          size="compact-sm"
          variant={status === "shipped" ? "filled" : "default"}
          onClick={() => setParts("invoice")}
        >
          {t("orders.invoice")}
        </Button>
      )}
      {status === "confirmed" && (
        <Button size="compact-sm" variant="default" onClick={() => setQuestion(reopen)}>
          {t("orders.reopen")}
        </Button>
      )}
      {OPEN.includes(status) && (
        <Button size="compact-sm" variant="default" onClick={() => setQuestion(give)}>
          {t("orders.cancel_rest")}
        </Button>
      )}
      {question && (
        <AskDialog
          question={question}
          onDone={() => ordersChanged(client)}
          onClose={() => setQuestion(null)}
        />
      )}
      {parts && (
        <PartsDialog
          order={record.id}
          what={parts}
          onClose={() => setParts(null)}
          onMade={(object, id) => {
            setParts(null);
            router.history.push(recordHref(object, id));
          }}
        />
      )}
    </div>
  );
}
