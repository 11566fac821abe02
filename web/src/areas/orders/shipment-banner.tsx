/** What is done with a shipment next: send it, ask where it is, note that it arrived, or cancel it. */
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordPartProps } from "@/records/page/extensions";
import { AskDialog, type Question } from "@/ui/ask-dialog";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./orders.module.css";
import { moveShipment, ordersChanged, sendShipment } from "./requests";

export function ShipmentBanner({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [question, setQuestion] = useState<Question | null>(null);
  const tracking = useMutation({
    mutationFn: () => moveShipment("track", record.id),
    onSuccess: async () => {
      toastSuccess(t("orders.tracked"));
      await ordersChanged(client);
    },
    onError: toastError,
  });
  const { status } = record;
  if (record._rights?.edit === false || (status !== "picking" && status !== "shipped")) return null;
  const send: Question = {
    title: t("orders.send"),
    button: t("orders.send"),
    done: t("orders.sent"),
    fields: [
      { key: "carrier", label: t("orders.carrier"), value: (record.carrier as string) ?? "" },
      {
        key: "number",
        label: t("orders.tracking_number"),
        value: (record.tracking_number as string) ?? "",
      },
      { key: "day", label: t("orders.shipped_on"), kind: "date" },
    ],
    run: ({ carrier = "", number = "", day = "" }) =>
      sendShipment(record.id, carrier.trim(), number.trim(), day),
  };
  const cancel: Question = {
    title: t("orders.cancel_shipment"),
    text: t("orders.cancel_shipment_text"),
    button: t("orders.cancel_shipment"),
    done: t("orders.shipment_cancelled"),
    danger: true,
    fields: [],
    run: () => moveShipment("cancel", record.id),
  };
  const deliver: Question = {
    title: t("orders.deliver"),
    text: t("orders.deliver_text"),
    button: t("orders.deliver"),
    done: t("orders.delivered"),
    fields: [],
    run: () => moveShipment("deliver", record.id),
  };
  return (
    <div className={classes.banner}>
      <span className={classes.quiet}>
        {t(status === "picking" ? "orders.is_picking" : "orders.is_sent")}
      </span>
      <span className={classes.space} />
      {status === "picking" ? (
        <Button size="compact-sm" onClick={() => setQuestion(send)}>
          {t("orders.send")}
        </Button>
      ) : (
        <>
          <Button size="compact-sm" onClick={() => setQuestion(deliver)}>
            {t("orders.deliver")}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            loading={tracking.isPending}
            onClick={() => tracking.mutate()}
          >
            {t("orders.track")}
          </Button>
        </>
      )}
      <Button size="compact-sm" variant="default" onClick={() => setQuestion(cancel)}>
        {t("orders.cancel_shipment")}
      </Button>
      {question && (
        <AskDialog
          question={question}
          onDone={() => ordersChanged(client)}
          onClose={() => setQuestion(null)}
        />
      )}
    </div>
  );
}
