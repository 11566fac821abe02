/** The form of a pool, a holding limit or a recycling rule: its fields, and pickers where a field is a condition or names fields. */
import { Button, Drawer, Group, Input, MultiSelect, Select, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, Filter, RecordRow, Reference } from "@/api/types";
import { findField, findObject, useCatalog, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { createRecord, updateRecord } from "@/lib/records";
import { StoredFilter } from "@/records/filter/stored-filter";
import { FormField } from "@/records/form/form-field";
import { useRecordForm } from "@/records/form/use-record-form";
import { toastSuccess } from "@/ui/toast";
import { Foreseen } from "./foreseen";
import { type Pool, type Setting, settingsChanged, settingsQuery } from "./requests";

const FIELDS: Record<Setting, string[]> = {
  pool: [
    "name",
    "object",
    "description",
    "for_everyone",
    "members",
    "departments",
    "roles",
    "admins",
    "shown",
    "others",
    "views_per_day",
    "claims_per_day",
    "cooling_days",
    "active",
  ],
  holding_limit: [
    "name",
    "object",
    "most",
    "where",
    "for_everyone",
    "members",
    "departments",
    "roles",
    "active",
  ],
  recycle_rule: ["name", "pool", "field", "days", "warn_days", "where", "active"],
};
const DATES = new Set(["date", "datetime"]);

export function SettingForm({
  kind,
  record,
  begun = {},
  onClose,
}: {
  kind: Setting;
  record: RecordRow | null;
  begun?: Record<string, unknown>;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const catalog = useCatalog();
  const setting = useObject(kind);
  const fields = setting ? FIELDS[kind].flatMap((key) => findField(setting, key) ?? []) : [];
  const defaults = Object.fromEntries(fields.map(({ key, default: given }) => [key, given ?? null]));
  const form = useRecordForm(fields, record ?? {}, record ? {} : { ...defaults, ...begun });
  const [saving, setSaving] = useState(false);
  const pools = useQuery(settingsQuery<Pool>("pool")).data ?? [];
  const poolId = (form.values.pool as Reference | null)?.id;
  const key = kind === "recycle_rule" ? pools.find(({ id }) => id === poolId)?.object : form.values.object;
  const object = findObject(catalog, String(key ?? ""));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!form.check(fields)) return;
    setSaving(true);
    try {
      if (record) await updateRecord(kind, record.id, form.changes(), record.rev);
      else await createRecord(kind, form.changes());
      toastSuccess(t("pools.saved"));
      onClose();
      await settingsChanged(client, kind);
    } catch (error) {
      form.refuse(error);
    } finally {
      setSaving(false);
    }
  };
  if (!setting) return null;
  const title = record ? String(form.values.name ?? "") : t(`pools.new_${kind}`);
  return (
    <Drawer
      opened
      onClose={onClose}
      title={title}
      position="right"
      size={600}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("ui.close") }}
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {fields.map((field) => (
            <Own
              key={field.key}
              field={field}
              kind={kind}
              object={object}
              value={form.values[field.key]}
              problem={form.problems[field.key]}
              fixed={record !== null && field.key === "object"}
              onChange={form.set}
            />
          ))}
          {kind === "recycle_rule" && object && poolId && (
            <Foreseen
              object={object}
              rule={{
                pool: poolId,
                field: (form.values.field as string | null) || null,
                days: Number(form.values.days ?? 0),
                where: form.values.where ?? null,
                rule: record?.id ?? null,
              }}
              ready={form.values.days !== null && form.values.days !== undefined}
            />
          )}
          {form.general && (
            <Text size="sm" c="var(--gx-danger)" role="alert">
              {form.general}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" loading={saving}>
              {t("ui.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}

interface OwnProps {
  field: Field;
  kind: Setting;
  /** The object whose records it is about, once it is chosen. */
  object: CatalogObject | undefined;
  value: unknown;
  problem: string | undefined;
  fixed: boolean;
  onChange(key: string, value: unknown): void;
}

function Own({ field, kind, object, value, problem, fixed, onChange }: OwnProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const name = label(field.label);
  const help = label(field.help) || undefined;
  if (field.key === "object") {
    const fits = ({ features }: CatalogObject) => features.includes(kind === "pool" ? "pools" : "owner");
    return (
      <Select
        label={name}
        required
        disabled={fixed}
        error={problem}
        data={catalog.objects
          .filter((one) => one.group !== "settings" && fits(one))
          .map((one) => ({ value: one.key, label: label(one.plural) }))}
        value={(value as string | null) ?? null}
        onChange={(next) => onChange("object", next)}
      />
    );
  }
  if (field.key === "shown") {
    const offered = (object?.fields ?? []).filter(
      (one) => !one.system && one.key !== object?.title && !one.hidden,
    );
    return (
      <MultiSelect
        label={name}
        description={help}
        searchable
        error={problem}
        data={offered.map((one) => ({ value: one.key, label: label(one.label) }))}
        value={(value as string[] | null) ?? []}
        onChange={(next) => onChange("shown", next)}
      />
    );
  }
  if (field.key === "field") {
    const dates = (object?.fields ?? []).filter((one) => DATES.has(one.trait));
    return (
      <Select
        label={name}
        description={help}
        clearable
        searchable
        error={problem}
        placeholder={t("pools.last_change")}
        data={dates.map((one) => ({ value: one.key, label: label(one.label) }))}
        value={(value as string | null) ?? null}
        onChange={(next) => onChange("field", next)}
      />
    );
  }
  if (field.key === "where") {
    return (
      <Input.Wrapper label={name} description={help} error={problem} labelElement="div">
        {object ? (
          <StoredFilter
            key={object.key}
            object={object}
            where={(value as Filter | null) ?? null}
            onChange={(where) => onChange("where", where)}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {t("pools.object_first")}
          </Text>
        )}
      </Input.Wrapper>
    );
  }
  return <FormField field={field} object={kind} value={value} problem={problem} onChange={onChange} />;
}
