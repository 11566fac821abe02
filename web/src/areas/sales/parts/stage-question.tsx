/** Asked before an opportunity moves: what its new stage needs to be told. */
import { Button, Group, Modal, Text } from "@mantine/core";
import { getHotkeyHandler } from "@mantine/hooks";
import dayjs from "dayjs";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { findField } from "@/lib/catalog";
import { FormSections } from "@/records/form/form-sections";
import { useRecordForm } from "@/records/form/use-record-form";
import type { RecordPartProps } from "@/records/page/extensions";
import type { Stage } from "../requests/use-stages";

/** What is worth confirming on the way out of the funnel. */
const ASKED: Record<Stage["category"], string[]> = {
  open: [],
  won: ["amount", "closed_on"],
  lost: ["loss_reason", "closed_on"],
};

interface StageQuestionProps extends RecordPartProps {
  stage: Stage;
  onClose(): void;
}

export function StageQuestion({ object, record, stage, save, onClose }: StageQuestionProps) {
  const { t } = useTranslation();
  const fields = useMemo(
    () =>
      ASKED[stage.category].flatMap((key): Field[] => {
        const field = findField(object, key);
        if (!field) return [];
        return [
          { ...field, required: field.required || (key === "loss_reason" && stage.requiresLossReason) },
        ];
      }),
    [object, stage],
  );
  const form = useRecordForm(fields, startOf(record, fields));
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    if (busy || !form.check(fields)) return;
    setBusy(true);
    const given = Object.fromEntries(fields.map((field) => [field.key, form.values[field.key] ?? null]));
    const kept = await save({ stage: { id: stage.id, title: stage.name }, ...given });
    setBusy(false);
    if (kept) onClose();
  };
  const title = t(`sales.move_${stage.category}`, { stage: stage.name });
  return (
    <Modal opened onClose={onClose} title={title} size={480}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: listens to shortcuts typed in the fields. */}
      <div onKeyDown={getHotkeyHandler([["mod+Enter", confirm]])}>
        {fields.length === 0 ? (
          <Text size="md">{t("sales.move_text", { stage: stage.name })}</Text>
        ) : (
          <FormSections object={object.key} form={form} sections={[{ label: null, fields }]} autoFocus />
        )}
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t("sales.cancel")}
          </Button>
          <Button onClick={confirm} loading={busy} data-autofocus={fields.length === 0 || undefined}>
            {t("sales.confirm")}
          </Button>
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
