/** What is left of a payment goes to invoices of its company. */
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MoneyValue } from "@/api/types";
import { errorMessage } from "@/lib/error-message";
import { formatMoney } from "@/lib/format";
import { RowsSkeleton } from "@/ui/states";
import { toastSuccess } from "@/ui/toast";
import { type Amounts, OpenItems, proposedAmounts, wantedOf } from "./open-items";
import { allocatePayment, ledgerChanged, proposalQuery } from "./requests";

export function AllocateDialog({
  payment,
  company,
  left,
  day,
  onClose,
}: {
  payment: string;
  company: string;
  left: MoneyValue;
  day: string;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [byHand, setByHand] = useState<Amounts | null>(null);
  const proposal = useQuery(proposalQuery(company, left.amount, left.currency, day));
  const items = proposal.data?.items ?? [];
  const amounts = byHand ?? proposedAmounts(items);
  const wanted = wantedOf(amounts);
  const allocating = useMutation({
    mutationFn: () => allocatePayment(payment, wanted),
    onSuccess: async ({ result }) => {
      toastSuccess(t("billing.allocated", { count: result.allocations.length }));
      await ledgerChanged(client);
      onClose();
    },
    // Somebody may have been faster: what is open is read anew.
    onError: () => ledgerChanged(client),
  });
  return (
    <Modal opened onClose={onClose} title={t("billing.allocate_title")} size="lg" centered>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t("billing.allocate_help", { left: formatMoney(left) })}
        </Text>
        {proposal.isPending ? (
          <RowsSkeleton rows={3} height={36} />
        ) : (
          <OpenItems
            items={items}
            amounts={amounts}
            onChange={(invoice, value) => setByHand({ ...amounts, [invoice]: value })}
          />
        )}
        {(allocating.isError || proposal.isError) && (
          <Text size="sm" c="var(--gx-danger)" role="alert">
            {errorMessage(allocating.error ?? proposal.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button
            disabled={wanted.length === 0}
            loading={allocating.isPending}
            onClick={() => allocating.mutate()}
          >
            {t("billing.allocate")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
