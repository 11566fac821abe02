/** An own number over the sum below it, and why. */
import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ForecastPage, ForecastRow } from "@/api/types";
import { errorMessage } from "@/lib/error-message";
import { formatMoney } from "@/lib/format";
import { toastSuccess } from "@/ui/toast";
import { adjustForecast, forecastChanged, placeOf } from "./requests";
import { usePlaceName } from "./trail";

const LONGEST = 500;

export function AdjustDialog({
  page,
  row,
  onClose,
}: {
  page: ForecastPage;
  row: ForecastRow;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const name = usePlaceName();
  const [amount, setAmount] = useState(row.adjustment?.amount ?? row.below);
  const [reason, setReason] = useState("");
  const saving = useMutation({
    mutationFn: (value: string | null) =>
      adjustForecast(placeOf(row.place), page.period.unit, page.period.begins, value, reason.trim()),
    onSuccess: async () => {
      toastSuccess(t("forecast.adjusted"));
      await forecastChanged(client);
      onClose();
    },
  });
  const ready = reason.trim() !== "";
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t("forecast.adjust_title", { name: name(row.place), period: page.period.name })}
    >
      <Stack gap="md">
        <Text size="sm" c="var(--gx-muted)">
          {t("forecast.adjust_help", { below: formatMoney({ amount: row.below, currency: page.currency }) })}
        </Text>
        <TextInput
          data-autofocus
          inputMode="decimal"
          label={t("forecast.own_number", { currency: page.currency })}
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
        <Textarea
          autosize
          minRows={2}
          required
          label={t("forecast.reason")}
          maxLength={LONGEST}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {saving.isError && (
          <Text size="sm" c="var(--gx-danger)" role="alert">
            {errorMessage(saving.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          {row.adjustment && (
            <Button
              variant="subtle"
              color="red"
              disabled={!ready}
              loading={saving.isPending}
              onClick={() => saving.mutate(null)}
            >
              {t("forecast.take_back")}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button
            disabled={!ready || amount.trim() === ""}
            loading={saving.isPending}
            onClick={() => saving.mutate(amount.replaceAll(",", "").trim())}
          >
            {t("forecast.save")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
