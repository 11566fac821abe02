/** The editor of a payment plan: parts in percent or amounts, by a day or after an event, until nothing is left. */
import { ActionIcon, Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MoneyValue } from "@/api/types";
import { errorMessage } from "@/lib/error-message";
import { formatMoney } from "@/lib/format";
import { toastSuccess } from "@/ui/toast";
import classes from "./contracts.module.css";
import { missingOf, plannedOf, type Typed, typedOf } from "./plan";
import { contractsChanged, EVENTS, type Event, type Instalment, planPayments } from "./requests";

interface PlanDialogProps {
  contract: string;
  total: MoneyValue;
  rows: Instalment[];
  onClose(): void;
}

export function PlanDialog({ contract, total, rows, onClose }: PlanDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const fresh = (name: string, value: string, event: Event): Typed => ({
    key: crypto.randomUUID(),
    name,
    value,
    event,
    days: "",
    due_on: "",
  });
  const [parts, setParts] = useState<Typed[]>(() =>
    rows.length > 0
      ? rows.map(typedOf)
      : [
          fresh(t("contracts.first_part"), "30%", "signing"),
          fresh(t("contracts.last_part"), "70%", "delivery"),
        ],
  );
  const missing = missingOf(total.amount, parts);
  const saving = useMutation({
    mutationFn: () => planPayments(contract, parts.map(plannedOf)),
    onSuccess: async () => {
      toastSuccess(t("contracts.planned"));
      await contractsChanged(client);
      onClose();
    },
  });
  const change = (key: string, values: Partial<Typed>) =>
    setParts(parts.map((one) => (one.key === key ? { ...one, ...values } : one)));
  return (
    <Modal opened onClose={onClose} title={t("contracts.plan_title")} size="xl" centered>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("contracts.plan_help", { total: formatMoney(total) })}
        </Text>
        {parts.map((one, place) => (
          <Part
            key={one.key}
            one={one}
            place={place + 1}
            onChange={(values) => change(one.key, values)}
            onRemove={() => setParts(parts.filter(({ key }) => key !== one.key))}
          />
        ))}
        <Group justify="space-between">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Plus size={14} />}
            onClick={() => setParts([...parts, fresh("", missing > 0 ? String(missing) : "", "date")])}
          >
            {t("contracts.add_part")}
          </Button>
          <span className={classes.rest} data-off={missing !== 0 || undefined} role="status">
            {missing === 0
              ? t("contracts.plan_whole")
              : Number.isNaN(missing)
                ? t("contracts.plan_not_a_number")
                : t(missing > 0 ? "contracts.plan_missing" : "contracts.plan_above", {
                    amount: formatMoney({ amount: String(Math.abs(missing)), currency: total.currency }),
                  })}
          </span>
        </Group>
        {saving.isError && (
          <Text size="sm" c="var(--gx-danger)" role="alert">
            {errorMessage(saving.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button loading={saving.isPending} onClick={() => saving.mutate()}>
            {t("contracts.keep_plan")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface PartProps {
  one: Typed;
  place: number;
  onChange(values: Partial<Typed>): void;
  onRemove(): void;
}

function Part({ one, place, onChange, onRemove }: PartProps) {
  const { t } = useTranslation();
  const name = (key: string) => t("contracts.part_label", { place, name: t(`contracts.${key}`) });
  return (
    <div className={classes.part}>
      <TextInput
        size="xs"
        maxLength={100}
        aria-label={name("instalment")}
        placeholder={t("contracts.instalment")}
        value={one.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        size="xs"
        inputMode="decimal"
        aria-label={name("share")}
        placeholder={t("contracts.share_sample")}
        value={one.value}
        onChange={(event) => onChange({ value: event.currentTarget.value })}
      />
      <Select
        size="xs"
        aria-label={name("due")}
        allowDeselect={false}
        data={EVENTS.map((event) => ({ value: event, label: t(`contracts.event_${event}`) }))}
        value={one.event}
        onChange={(event) => event && onChange({ event: event as Event })}
      />
      {one.event === "date" ? (
        <TextInput
          size="xs"
          type="date"
          aria-label={name("due_on")}
          value={one.due_on}
          onChange={(event) => onChange({ due_on: event.currentTarget.value })}
        />
      ) : (
        <TextInput
          size="xs"
          inputMode="numeric"
          aria-label={name("days")}
          rightSection={<span className={classes.quiet}>{t("contracts.days_unit")}</span>}
          placeholder="0"
          value={one.days}
          onChange={(event) => onChange({ days: event.currentTarget.value.replace(/\D/g, "") })}
        />
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={name("remove_part")} onClick={onRemove}>
        <X size={16} />
      </ActionIcon>
    </div>
  );
}
