/** The gate of a stage: fields and things done that it asks for, and from where it may be entered. */
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Input,
  MultiSelect,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { FormField } from "@/records/form/form-field";
import type { RecordForm } from "@/records/form/use-record-form";
import classes from "./pipelines.module.css";

interface ChecklistItem {
  key?: string;
  name: string;
  required?: boolean;
}

/** Kinds that nobody fills in. */
const NOT_ASKED = new Set([
  "sub_table",
  "button",
  "auto_number",
  "record_type",
  "last_activity",
  "lookup_value",
]);
const PLACE = new Set(["stage", "pipeline"]);

const isAskable = (field: Field) =>
  !field.read_only && !field.result && !field.system && !NOT_ASKED.has(field.kind) && !PLACE.has(field.key);

export function GateInputs({
  stage,
  form,
  others,
}: {
  /** The object of stages. */
  stage: CatalogObject;
  form: RecordForm;
  /** Names of the other stages of the pipeline. */
  others: string[];
}) {
  const { t } = useTranslation();
  const heading = useId();
  const opportunity = useObject("opportunity");
  const about = (key: string) => {
    const field = findField(stage, key);
    return {
      label: label(field?.label),
      description: label(field?.help) || undefined,
      error: form.problems[key],
    };
  };
  const offered = (opportunity?.fields ?? []).filter(isAskable);
  return (
    <section className={classes.gate} aria-labelledby={heading}>
      <h3 id={heading} className={classes.gateTitle}>
        {t("pipelines.gate")}
      </h3>
      <Text size="sm" c="dimmed">
        {t("pipelines.gate_text")}
      </Text>
      <MultiSelect
        {...about("entry_fields")}
        searchable
        data={offered.map((field) => ({ value: field.key, label: label(field.label) }))}
        value={(form.values.entry_fields as string[] | null) ?? []}
        onChange={(keys) => form.set("entry_fields", keys.length > 0 ? keys : null)}
      />
      <Checklist
        about={about("checklist")}
        items={(form.values.checklist as ChecklistItem[] | null) ?? []}
        onChange={(items) => form.set("checklist", items.length > 0 ? items : null)}
      />
      <MultiSelect
        {...about("entered_from")}
        placeholder={
          (form.values.entered_from as string[] | null)?.length ? undefined : t("pipelines.any_stage")
        }
        data={others}
        value={(form.values.entered_from as string[] | null) ?? []}
        onChange={(names) => form.set("entered_from", names.length > 0 ? names : null)}
      />
      {["may_skip", "may_go_back"].map((key) => {
        const field = findField(stage, key);
        return (
          field && (
            <FormField
              key={key}
              field={field}
              object="stage"
              value={form.values[key]}
              problem={form.problems[key]}
              onChange={form.set}
            />
          )
        );
      })}
    </section>
  );
}

function Checklist({
  about,
  items,
  onChange,
}: {
  about: { label: string; description?: string; error?: string };
  items: ChecklistItem[];
  onChange(items: ChecklistItem[]): void;
}) {
  const { t } = useTranslation();
  const change = (at: number, values: Partial<ChecklistItem>) =>
    onChange(items.map((item, place) => (place === at ? { ...item, ...values } : item)));
  return (
    <Input.Wrapper {...about} labelElement="div">
      <Stack gap="xs" mt={4}>
        {items.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items that are not saved yet have no identity but their place.
          <Group key={at} gap="xs" wrap="nowrap">
            <TextInput
              flex={1}
              aria-label={t("pipelines.item", { place: at + 1 })}
              maxLength={200}
              value={item.name}
              onChange={(event) => change(at, { name: event.currentTarget.value })}
            />
            <Checkbox
              label={t("pipelines.item_required")}
              checked={item.required !== false}
              onChange={(event) => change(at, { required: event.currentTarget.checked })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("pipelines.remove_item", { place: at + 1 })}
              onClick={() => onChange(items.filter((_, place) => place !== at))}
            >
              <X size={15} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          leftSection={<Plus size={14} />}
          onClick={() => onChange([...items, { name: "", required: true }])}
        >
          {t("pipelines.add_item")}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
