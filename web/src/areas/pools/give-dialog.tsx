/** To whom chosen records of a pool are given, each in turn. */
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reference } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { errorMessage } from "@/lib/error-message";
import { fieldKind } from "@/records/field-kinds";
import { toastSuccess } from "@/ui/toast";
import { giveRecords, recordsMoved } from "./requests";

export function GiveDialog({
  object,
  records,
  onClose,
  onGiven,
}: {
  object: string;
  records: string[];
  onClose(): void;
  onGiven(): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const pools = useObject("pool");
  const field = pools && findField(pools, "members");
  const [members, setMembers] = useState<Reference[]>([]);
  const { Input } = fieldKind("many_to_many");
  const giving = useMutation({
    mutationFn: () =>
      giveRecords(
        object,
        records,
        members.map(({ id }) => id),
      ),
    onSuccess: async () => {
      toastSuccess(t("pools.given", { count: records.length }));
      await recordsMoved(client, object);
      onGiven();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t("pools.give_title", { count: records.length })} centered>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t("pools.give_help")}
        </Text>
        {field && (
          <Input
            aria-label={t("pools.give_to")}
            field={field}
            object="pool"
            value={members}
            onChange={(chosen: unknown) => setMembers((chosen as Reference[] | null) ?? [])}
          />
        )}
        {giving.isError && (
          <Text size="sm" c="var(--gx-danger)" role="alert">
            {errorMessage(giving.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button disabled={members.length === 0} loading={giving.isPending} onClick={() => giving.mutate()}>
            {t("pools.give")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
