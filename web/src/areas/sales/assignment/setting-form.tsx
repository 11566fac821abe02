/** The form of an assignment rule or a territory. */
import { Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordRow } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { createRecord, deleteRecord, recordKeys, updateRecord } from "@/lib/records";
import { useRecordForm } from "@/records/form/use-record-form";
import { toastSuccess } from "@/ui/toast";
import { OwnInput } from "./own-inputs";
import { RULE, type Setting, settingsQuery, TERRITORY } from "./requests";

const FIELDS: Record<Setting, string[]> = {
  [RULE]: [
    "name",
    "where",
    "by_territory",
    "members",
    "departments",
    "roles",
    "skills",
    "industry_skill",
    "mode",
    "seniors",
    "present",
    "at_work",
    "most",
    "accept_minutes",
    "accept_at_work",
    "otherwise",
    "pool",
    "active",
  ],
  [TERRITORY]: ["name", "regions", "industries", "members", "weights", "active"],
};

interface SettingFormProps {
  kind: Setting;
  record: RecordRow | null;
  onClose(): void;
}

export function SettingForm({ kind, record, onClose }: SettingFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const object = useObject(kind);
  const known = useQuery(settingsQuery(kind)).data ?? [];
  const fields = object ? FIELDS[kind].flatMap((key) => findField(object, key) ?? []) : [];
  const defaults = Object.fromEntries(fields.map(({ key, default: given }) => [key, given ?? null]));
  const form = useRecordForm(fields, record ?? {}, record ? {} : defaults);
  const [saving, setSaving] = useState(false);
  const settle = async (doing: Promise<unknown>, said: string) => {
    setSaving(true);
    try {
      await doing;
      toastSuccess(said);
      onClose();
      await client.invalidateQueries({ queryKey: recordKeys.of(kind) });
    } catch (error) {
      form.refuse(error);
    } finally {
      setSaving(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!form.check(fields)) return;
    const position = Math.max(0, ...known.map((one) => Number(one.position ?? 0))) + 1;
    void settle(
      record
        ? updateRecord(kind, record.id, form.changes(), record.rev)
        : createRecord(kind, { ...form.changes(), position }),
      t("assignment.saved"),
    );
  };
  if (!object) return null;
  const asks = (key: string) =>
    key === "pool"
      ? form.values.otherwise === "pool" && !!form.values.accept_minutes
      : !["otherwise", "accept_at_work"].includes(key) || !!form.values.accept_minutes;
  return (
    <Drawer
      opened
      onClose={onClose}
      title={record ? String(record.name ?? "") : t(`assignment.new_${kind}`)}
      position="right"
      size={600}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("ui.close") }}
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {fields
            .filter(({ key }) => asks(key))
            .map((field) => (
              <OwnInput
                key={field.key}
                field={field}
                kind={kind}
                values={form.values}
                problem={form.problems[field.key]}
                onChange={form.set}
              />
            ))}
          {form.general && (
            <Text size="sm" c="var(--gx-danger)" role="alert">
              {form.general}
            </Text>
          )}
          <Group justify="space-between" gap="xs">
            {record ? (
              <Button
                variant="subtle"
                color="red"
                disabled={saving}
                onClick={() => settle(deleteRecord(kind, record.id), t("assignment.deleted"))}
              >
                {t("ui.delete")}
              </Button>
            ) : (
              <span />
            )}
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("ui.cancel")}
              </Button>
              <Button type="submit" loading={saving}>
                {t("ui.save")}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
