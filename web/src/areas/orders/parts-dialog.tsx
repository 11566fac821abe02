/** Which lines of an order, and how much of each, are shipped or invoiced now; all that is left unless changed. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorMessage } from "@/lib/error-message";
import { formatNumber } from "@/lib/format";
import { RowsSkeleton } from "@/ui/states";
import { toastSuccess } from "@/ui/toast";
import classes from "./orders.module.css";
import { leftOf } from "./quantities";
import { invoiceOrder, orderLinesQuery, ordersChanged, type Part, pickShipment } from "./requests";

export function PartsDialog({
  order,
  what,
  onClose,
  onMade,
}: {
  order: string;
  what: "ship" | "invoice";
  onClose(): void;
  onMade(object: string, id: string): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const found = useQuery(orderLinesQuery(order));
  const [typed, setTyped] = useState<Record<string, string>>({});
  const of = what === "ship" ? "shipped_quantity" : "invoiced_quantity";
  const lines = (found.data ?? [])
    .map((line) => ({ line, left: leftOf(line, of) }))
    .filter(({ left }) => left > 0);
  const parts: Part[] = lines
    .map(({ line, left }) => ({ line: line.id, quantity: (typed[line.id] ?? String(left)).trim() }))
    .filter(({ quantity }) => quantity !== "" && Number(quantity) !== 0);
  const making = useMutation({
    mutationFn: async () =>
      what === "ship"
        ? { object: "shipment", id: (await pickShipment(order, parts)).result.shipment }
        : { object: "invoice", id: (await invoiceOrder(order, parts)).result.invoice },
    onSuccess: async ({ object, id }) => {
      toastSuccess(t(`orders.${what}_made`));
      await ordersChanged(client);
      onMade(object, id);
    },
  });
  return (
    <Modal opened onClose={onClose} title={t(`orders.${what}_title`)} size="lg" centered>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t(`orders.${what}_help`)}
        </Text>
        {found.isPending ? (
          <RowsSkeleton rows={3} height={36} />
        ) : lines.length === 0 ? (
          <Text size="sm">{t("orders.nothing_left")}</Text>
        ) : (
          <div className={classes.frame}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th>{t("orders.item")}</th>
                  <th className={classes.number}>{t("orders.left")}</th>
                  <th className={classes.number}>{t("orders.now")}</th>
                </tr>
              </thead>
              <tbody>
                {lines.map(({ line, left }) => (
                  <tr key={line.id}>
                    <td className={classes.name}>{line.name}</td>
                    <td className={classes.number}>
                      {formatNumber(left)} {line.unit?.title}
                    </td>
                    <td className={classes.number}>
                      <TextInput
                        size="xs"
                        inputMode="decimal"
                        className={classes.amount}
                        aria-label={t("orders.now_of", { item: line.name ?? "" })}
                        value={typed[line.id] ?? String(left)}
                        onChange={(event) => setTyped({ ...typed, [line.id]: event.currentTarget.value })}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {(making.isError || found.isError) && (
          <Text size="sm" c="var(--gx-danger)" role="alert">
            {errorMessage(making.error ?? found.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button disabled={parts.length === 0} loading={making.isPending} onClick={() => making.mutate()}>
            {t(`orders.${what}_do`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
