/** Money that came in: how much, when and how, and what it settles. */
import { Button, Group, Modal, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { findField, useObject } from "@/lib/catalog";
import { currencyChoices } from "@/lib/currencies";
import { errorMessage } from "@/lib/error-message";
import { label } from "@/lib/label";
import { RowsSkeleton } from "@/ui/states";
import { toastSuccess } from "@/ui/toast";
import { today } from "./days";
import { type Amounts, OpenItems, proposedAmounts, wantedOf } from "./open-items";
import { ledgerChanged, proposalQuery, recordPayment } from "./requests";

const TYPING = 300;

export function PaymentDialog({
  company,
  amount: begun = "",
  currency: known,
  onClose,
}: {
  company: string;
  amount?: string;
  currency: string;
  onClose(): void;
}) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const payments = useObject("payment");
  const methods = payments && findField(payments, "method");
  const [amount, setAmount] = useState(begun);
  const [currency, setCurrency] = useState(known);
  const [day, setDay] = useState(today());
  const [method, setMethod] = useState<string | null>("bank_transfer");
  const [reference, setReference] = useState("");
  const [byHand, setByHand] = useState<Amounts | null>(null);
  const [asked] = useDebouncedValue(/^\d+(\.\d+)?$/.test(amount.trim()) ? amount.trim() : "", TYPING);
  const proposal = useQuery({
    ...proposalQuery(company, asked, currency, day),
    placeholderData: (old) => old,
  });
  const items = proposal.data?.items ?? [];
  const amounts = byHand ?? proposedAmounts(items);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another amount or currency is proposed for anew
  useEffect(() => setByHand(null), [asked, currency]);
  const recording = useMutation({
    mutationFn: () =>
      recordPayment(
        company,
        { amount: amount.trim(), currency, paid_on: day, method, reference: reference.trim() || null },
        wantedOf(amounts),
      ),
    onSuccess: async ({ result }) => {
      toastSuccess(t("billing.recorded", { number: result.number }));
      await ledgerChanged(client);
      onClose();
    },
  });
  const options = (methods?.settings.options ?? []) as { key: string; label: Record<string, string> }[];
  return (
    <Modal opened onClose={onClose} title={t("billing.record_title")} size="lg" centered>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            data-autofocus
            inputMode="decimal"
            label={t("billing.amount")}
            value={amount}
            onChange={(event) => setAmount(event.currentTarget.value)}
          />
          <Select
            label={t("billing.currency")}
            data={currencyChoices(i18n.language)}
            value={currency}
            allowDeselect={false}
            searchable
            onChange={(value) => value && setCurrency(value)}
          />
          <TextInput
            type="date"
            label={t("billing.paid_on")}
            max={today()}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <Select
            label={t("billing.method")}
            data={options.map((one) => ({ value: one.key, label: label(one.label) }))}
            value={method}
            onChange={setMethod}
          />
        </SimpleGrid>
        <TextInput
          label={t("billing.reference")}
          maxLength={100}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        {proposal.isPending ? (
          <RowsSkeleton rows={3} height={36} />
        ) : (
          <OpenItems
            items={items}
            amounts={amounts}
            onChange={(invoice, value) => setByHand({ ...amounts, [invoice]: value })}
          />
        )}
        {(recording.isError || proposal.isError) && (
          <Text size="sm" c="var(--gx-danger)" role="alert">
            {errorMessage(recording.error ?? proposal.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button
            disabled={amount.trim() === "" || asked !== amount.trim() || proposal.isFetching}
            loading={recording.isPending}
            onClick={() => recording.mutate()}
          >
            {t("billing.record")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
