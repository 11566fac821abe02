/** An opportunity that was won becomes an order. */
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { can } from "@/lib/rights";
import { recordHref } from "@/records/lookup/record-link";
import type { RecordPartProps } from "@/records/page/extensions";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./orders.module.css";
import { orderOpportunity, ordersChanged } from "./requests";

export function DealBanner({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const router = useRouter();
  const orders = useObject("sales_order");
  const making = useMutation({
    mutationFn: () => orderOpportunity(record.id),
    onSuccess: async ({ result }) => {
      toastSuccess(t("orders.made"));
      await ordersChanged(client);
      router.history.push(recordHref("sales_order", result.order));
    },
    onError: toastError,
  });
  if (record.status !== "won" || !record.line_count || !can(orders, "create")) return null;
  return (
    <div className={classes.banner}>
      <span className={classes.quiet}>{t("orders.won")}</span>
      <span className={classes.space} />
      <Button size="compact-sm" loading={making.isPending} onClick={() => making.mutate()}>
        {t("orders.make")}
      </Button>
    </div>
  );
}
