/** One field set to one value in all selected records. */
import { Button, Group, Modal, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { findField } from "@/lib/catalog";
import { formatNumber } from "@/lib/format";
import { label } from "@/lib/label";
import { fieldKind } from "../field-kinds";
import { problemOf } from "../field-kinds/problem";
import { offeredFields } from "../query/paths";

export function BulkEdit({
  object,
  field: given,
  count,
  onSave,
  onClose,
}: {
  object: CatalogObject;
  /** The field to set; null lets the person choose. */
  field: string | null;
  count: number;
  onSave(values: Record<string, unknown>): Promise<void>;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [key, setKey] = useState<string | null>(given);
  const [value, setValue] = useState<unknown>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = key ? findField(object, key) : undefined;
  const fields = offeredFields(object).filter(
    (each) => !each.read_only && !each.unique && fieldKind(each.kind).editableInCell,
  );
  const Input = field && fieldKind(field.kind).Input;
  const save = async () => {
    if (!field) return;
    const found = problemOf(field, value);
    setProblem(found);
    if (found) return;
    setBusy(true);
    try {
      await onSave({ [field.key]: value });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={480}
      title={t(given === "owner" ? "list.change_owner_title" : "list.bulk_edit_title", {
        count,
        formatted: formatNumber(count),
      })}
      closeButtonProps={{ "aria-label": t("list.close") }}
    >
      <Stack gap="sm">
        {given === null && (
          <Select
            label={t("list.field")}
            placeholder={t("list.choose_field")}
            searchable
            data={fields.map((each) => ({ value: each.key, label: label(each.label) }))}
            value={key}
            onChange={(next) => {
              setKey(next);
              setValue(null);
              setProblem(null);
            }}
          />
        )}
        {field && Input && (
          <div>
            <label htmlFor="bulk-value" style={{ display: "block", marginBottom: 4, fontWeight: 500 }}>
              {t("list.new_value", { name: label(field.label) })}
            </label>
            <Input
              key={field.key}
              id="bulk-value"
              value={value}
              field={field}
              object={object.key}
              onChange={setValue}
              error={problem}
              aria-label={label(field.label)}
            />
          </div>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("list.cancel")}
          </Button>
          <Button loading={busy} disabled={!field} onClick={save}>
            {t("list.save_many", { count, formatted: formatNumber(count) })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
