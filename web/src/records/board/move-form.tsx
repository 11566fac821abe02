/** A move needs more to be known, such as the reason of a loss: asks for it and tries again. */
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { label } from "@/lib/label";
import { fieldKind } from "../field-kinds";
import type { MissingValues } from "./use-moves";

export function MoveForm({
  object,
  missing,
  onSave,
  onClose,
}: {
  object: CatalogObject;
  missing: MissingValues;
  onSave(values: Record<string, unknown>): Promise<unknown>;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Record<string, unknown>>({});
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    await onSave(values);
    setBusy(false);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={440}
      title={t("board.move_title", { column: missing.move.to.name })}
      closeButtonProps={{ "aria-label": t("board.cancel") }}
    >
      <Stack gap="sm">
        {missing.fields.map((field) => {
          const { Input } = fieldKind(field.kind);
          return (
            <div key={field.key}>
              <label htmlFor={`move-${field.key}`} className="mantine-InputWrapper-label">
                {label(field.label)}
              </label>
              <Input
                id={`move-${field.key}`}
                field={field}
                value={values[field.key] ?? null}
                object={object.key}
                record={missing.move.row}
                error={field.key in values ? null : missing.problems[field.key]}
                onChange={(value: unknown) => setValues((now) => ({ ...now, [field.key]: value }))}
              />
            </div>
          );
        })}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("board.cancel")}
          </Button>
          <Button loading={busy} onClick={save}>
            {t("board.move_confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
