/** What helps in a stage: guidance in both languages, key fields, links, and how long one may stay. */
import { ActionIcon, Button, Group, Input, MultiSelect, Stack, TextInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { FormField } from "@/records/form/form-field";
import type { RecordForm } from "@/records/form/use-record-form";
import classes from "./pipelines.module.css";

interface Material {
  title: string;
  url: string;
}

export function GuidanceInputs({ stage, form }: { stage: CatalogObject; form: RecordForm }) {
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
  const plain = (key: string) => {
    const field = findField(stage, key);
    return (
      field && (
        <FormField
          field={field}
          object="stage"
          value={form.values[key]}
          problem={form.problems[key]}
          onChange={form.set}
        />
      )
    );
  };
  const materials = (form.values.materials as Material[] | null) ?? [];
  const setMaterials = (next: Material[]) => form.set("materials", next.length > 0 ? next : null);
  const change = (at: number, values: Partial<Material>) =>
    setMaterials(materials.map((one, place) => (place === at ? { ...one, ...values } : one)));
  return (
    <section className={classes.gate} aria-labelledby={heading}>
      <h3 id={heading} className={classes.gateTitle}>
        {t("pipelines.guidance")}
      </h3>
      {form.values.category === "open" && plain("rot_days")}
      {form.values.category === "open" && plain("forecast_category")}
      {plain("guidance")}
      {plain("guidance_en")}
      <MultiSelect
        {...about("key_fields")}
        searchable
        data={(opportunity?.fields ?? [])
          .filter((field) => !field.system && field.kind !== "sub_table" && field.kind !== "button")
          .map((field) => ({ value: field.key, label: label(field.label) }))}
        value={(form.values.key_fields as string[] | null) ?? []}
        onChange={(keys) => form.set("key_fields", keys.length > 0 ? keys : null)}
      />
      <Input.Wrapper {...about("materials")} labelElement="div">
        <Stack gap="xs" mt={4}>
          {materials.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: links have no identity but their place.
            <Group key={at} gap="xs" wrap="nowrap">
              <TextInput
                flex={2}
                aria-label={t("pipelines.material_title", { place: at + 1 })}
                placeholder={t("pipelines.title_placeholder")}
                value={one.title}
                onChange={(event) => change(at, { title: event.currentTarget.value })}
              />
              <TextInput
                flex={3}
                aria-label={t("pipelines.material_url", { place: at + 1 })}
                placeholder="https://"
                value={one.url}
                onChange={(event) => change(at, { url: event.currentTarget.value })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("pipelines.remove_material", { place: at + 1 })}
                onClick={() => setMaterials(materials.filter((_, place) => place !== at))}
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
            onClick={() => setMaterials([...materials, { title: "", url: "" }])}
          >
            {t("pipelines.add_material")}
          </Button>
        </Stack>
      </Input.Wrapper>
    </section>
  );
}
