/** What settles an invoice, or what a payment settles; each is taken back where it stands. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { formatDate, formatMoney } from "@/lib/format";
import { can } from "@/lib/rights";
import { RecordLink } from "@/records/lookup/record-link";
import type { RecordPartProps } from "@/records/page/extensions";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./billing.module.css";
import { type Allocation, allocationsQuery, ledgerChanged, takeBackAllocation } from "./requests";

export function AllocationsTab({ object, record }: RecordPartProps) {
  const { t } = useTranslation();
  const field =
    object.key === "payment" ? "payment" : record.kind === "credit_note" ? "credit_note" : "invoice";
  const found = useQuery(allocationsQuery(field, record.id));
  if (found.isError) return <ErrorState compact error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <RowsSkeleton rows={3} height={40} />;
  if (found.data.length === 0)
    return (
      <EmptyState title={t(object.key === "payment" ? "billing.settles_nothing" : "billing.not_settled")} />
    );
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("billing.day")}</th>
            <th>{t(field === "invoice" ? "billing.settled_by" : "billing.invoice")}</th>
            <th className={classes.number}>{t("billing.settle")}</th>
            <th className={classes.number}>{t("billing.difference")}</th>
            <th aria-label={t("billing.take_back")} />
          </tr>
        </thead>
        <tbody>
          {found.data.map((one) => (
            <Row key={one.id} one={one} towards={field === "invoice" ? "source" : "invoice"} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ one, towards }: { one: Allocation; towards: "source" | "invoice" }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const payments = useObject("payment");
  const takingBack = useMutation({
    mutationFn: () => takeBackAllocation(one.id),
    onSuccess: async () => {
      toastSuccess(t("billing.taken_back"));
      await ledgerChanged(client);
    },
    onError: toastError,
  });
  const source = one.payment
    ? { object: "payment", to: one.payment }
    : one.credit_note && { object: "invoice", to: one.credit_note };
  const shown = towards === "invoice" ? { object: "invoice", to: one.invoice } : source;
  const other = one.source_amount.currency !== one.amount.currency;
  return (
    <tr>
      <td>{formatDate(one.allocated_on)}</td>
      <td>
        {shown && (
          <RecordLink object={shown.object} id={shown.to.id} className={classes.link}>
            {shown.to.title ?? "—"}
          </RecordLink>
        )}
      </td>
      <td className={classes.number}>
        {formatMoney(one.amount)}
        {other && <span className={classes.late}>{formatMoney(one.source_amount)}</span>}
      </td>
      <td className={classes.number}>
        {one.exchange_difference ? formatMoney(one.exchange_difference) : "—"}
      </td>
      <td className={classes.tool}>
        {one.payment && can(payments, "edit") && (
          <Tooltip label={t("billing.take_back")}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("billing.take_back")}
              loading={takingBack.isPending}
              onClick={() => takingBack.mutate()}
            >
              <Undo2 size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </td>
    </tr>
  );
}
