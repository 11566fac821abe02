/** Asked before an opportunity moves: what its new stage needs to be told and seen to, or why it cannot be entered. */
import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { getHotkeyHandler } from "@mantine/hooks";
import dayjs from "dayjs";
import { Ban, Stamp } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, StageGate } from "@/api/types";
import { findField } from "@/lib/catalog";
import { FormSections } from "@/records/form/form-sections";
import { useRecordForm } from "@/records/form/use-record-form";
import type { RecordPartProps } from "@/records/page/extensions";
import { GateChecklist } from "./gate-checklist";

/** What is worth confirming on the way out of the funnel. */
const ASKED: Record<StageGate["category"], string[]> = {
  open: [],
  won: ["amount", "closed_on"],
  lost: ["loss_reason", "closed_on"],
};

interface StageQuestionProps extends RecordPartProps {
  gate: StageGate;
  onClose(): void;
}

export function StageQuestion({ object, record, gate, save, onClose }: StageQuestionProps) {
  const { t } = useTranslation();
  // What is filled in here stays on screen: the gate is read again while the dialog is open.
  const [missing] = useState(gate.missing);
  const fields = useMemo(
    () =>
      [...new Set([...missing, ...ASKED[gate.category]])].flatMap((key): Field[] => {
        const field = findField(object, key);
        if (!field) return [];
        const needed = missing.includes(key) || (key === "loss_reason" && gate.requires_loss_reason);
        return [{ ...field, required: field.required || needed }];
      }),
    [object, gate.category, gate.requires_loss_reason, missing],
  );
  const form = useRecordForm(fields, startOf(record, fields));
  const [busy, setBusy] = useState(false);
  const barred = gate.refused ?? (gate.hidden > 0 ? t("sales.gate_hidden") : null);
  const open = gate.items.some((item) => item.required && !item.done);
  const confirm = async () => {
    if (busy || barred || open || !form.check(fields)) return;
    setBusy(true);
    const given = Object.fromEntries(fields.map((field) => [field.key, form.values[field.key] ?? null]));
    const kept = await save({ stage: { id: gate.id, title: gate.name }, ...given });
    setBusy(false);
    if (kept) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t(`sales.move_${gate.category}`, { stage: gate.name })} size={520}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: listens to shortcuts typed in the fields. */}
      <div onKeyDown={getHotkeyHandler([["mod+Enter", confirm]])}>
        {barred ? (
          <Alert color="orange" variant="light" icon={<Ban size={16} />} role="alert">
            {barred}
          </Alert>
        ) : (
          <Stack gap="md">
            {gate.approval && (
              <Alert color="violet" variant="light" p="sm" icon={<Stamp size={16} />}>
                {t("sales.gate_approval", { flow: gate.approval })}
              </Alert>
            )}
            {missing.length > 0 && <Text size="sm">{t("sales.gate_fill", { stage: gate.name })}</Text>}
            {fields.length > 0 && (
              <FormSections object={object.key} form={form} sections={[{ label: null, fields }]} autoFocus />
            )}
            {gate.items.length > 0 && <GateChecklist opportunity={record.id} gate={gate} />}
            {fields.length === 0 && gate.items.length === 0 && (
              <Text size="md">{t("sales.move_text", { stage: gate.name })}</Text>
            )}
          </Stack>
        )}
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t(barred ? "ui.close" : "sales.cancel")}
          </Button>
          {!barred && (
            <Button
              onClick={confirm}
              loading={busy}
              disabled={open}
              data-autofocus={fields.length === 0 || undefined}
            >
              {t("sales.confirm")}
            </Button>
          )}
        </Group>
      </div>
    </Modal>
  );
}

/** The record's own values; a deal that ends without a day ends today. */
function startOf(record: RecordPartProps["record"], fields: readonly Field[]): Record<string, unknown> {
  const today = { closed_on: dayjs().format("YYYY-MM-DD") };
  const own = Object.fromEntries(
    fields.map((field) => [field.key, record[field.key]]).filter(([, value]) => value != null),
  );
  return { ...today, ...own };
}
