/** One record type: what it is called, whether new records get it, and what it leaves of choices and references. */
import { Input, MultiSelect, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { fieldKind } from "@/records/field-kinds";
import { RECORD_TYPE } from "@/records/form/layout";
import { referencesQuery } from "@/records/lookup/references";
import { FormProblem } from "@/ui/form-problem";
import { ColorPicker } from "../objects/color-picker";
import { LabelInputs } from "../objects/label-inputs";
import { bothLanguages } from "../objects/model";
import { byLanguage, LABELS } from "../objects/use-refusal";
import { ComponentDrawer } from "./component-drawer";
import type { FormProps } from "./component-tab";
import { BLANK_TYPE, type TypeValues } from "./model";
import { useDraft } from "./use-draft";
import { useSave } from "./use-save";

/** With an entry less where nothing is chosen: an empty list leaves nothing, none leaves all. */
function narrowedBy(all: Record<string, string[]>, key: string, left: string[]): Record<string, string[]> {
  const { [key]: _old, ...others } = all;
  return left.length > 0 ? { ...others, [key]: left } : others;
}

export function TypeForm({ object, known, component, others, position, onClose }: FormProps<TypeValues>) {
  const { t } = useTranslation();
  const { draft, set, unsaved } = useDraft<TypeValues>(
    () =>
      component?.values ?? {
        ...BLANK_TYPE,
        label: { "zh-CN": "", en: "" },
        position,
        default: others.length === 0,
      },
  );
  const { save, busy, refusal, question } = useSave<TypeValues>({
    object,
    kind: "record_type",
    component,
    // There is one default at most: the old one gives it up in the same change.
    along: (values) =>
      values.default
        ? others
            .filter((other) => other.values.default)
            .map(({ id }) => ({ op: "component.update", id, values: { default: false } }))
        : [],
    onDone: onClose,
  });
  const { problems } = refusal;
  const fields = known.fields.filter((field) => !field.hidden && !field.read_only);
  const choices = fields.filter(
    ({ kind, key }) => (kind === "choice" || kind === "multi_choice") && key !== RECORD_TYPE,
  );
  const references = fields.filter(({ kind, system }) => kind === "lookup" && !system);
  const submit = () => {
    const described = Object.values(draft.description).some((words) => words?.trim());
    save({ ...draft, description: described ? bothLanguages(draft.description) : {} });
  };
  return (
    <ComponentDrawer
      title={component ? label(component.values.label) : t("layouts.new_type")}
      unsaved={unsaved}
      busy={busy}
      onSubmit={submit}
      onClose={onClose}
      question={question}
    >
      <FormProblem text={refusal.general(LABELS)} />
      <LabelInputs
        name={t("objects.name")}
        value={draft.label}
        onChange={(words) => set({ label: { "zh-CN": words["zh-CN"] ?? "", en: words.en ?? "" } })}
        problems={byLanguage(problems, "label")}
        required
        autoFocus
      />
      <LabelInputs
        id="description"
        name={t("layouts.description")}
        value={draft.description}
        onChange={(description) => set({ description })}
      />
      <Input.Wrapper label={t("objects.color")} labelElement="div">
        <ColorPicker value={draft.color} name={t("objects.color")} onChange={(color) => set({ color })} />
      </Input.Wrapper>
      <Switch
        label={t("layouts.default_type")}
        checked={draft.default}
        onChange={(event) => set({ default: event.currentTarget.checked })}
      />
      {choices.map((field) => (
        <MultiSelect
          key={field.key}
          label={t("layouts.left_of", { name: label(field.label) })}
          placeholder={draft.choices[field.key]?.length ? undefined : t("objects.allowed_all")}
          data={(field.settings.options ?? []).map((option) => ({
            value: option.key,
            label: label(option.label),
          }))}
          searchable
          clearable
          clearButtonProps={{ "aria-label": t("objects.allowed_all") }}
          value={draft.choices[field.key] ?? []}
          onChange={(left) => set({ choices: narrowedBy(draft.choices, field.key, left) })}
        />
      ))}
      {references.map((field) => (
        <RecordsLeft
          key={field.key}
          field={field}
          ids={draft.records[field.key] ?? []}
          onChange={(left) => set({ records: narrowedBy(draft.records, field.key, left) })}
        />
      ))}
    </ComponentDrawer>
  );
}

/** The records that a reference may point at: several of its target's, or all. */
function RecordsLeft({
  field,
  ids,
  onChange,
}: {
  field: Field;
  ids: string[];
  onChange(ids: string[]): void;
}) {
  const { t } = useTranslation();
  const target = useObject(field.settings.target ?? "");
  const [picked, setPicked] = useState<Reference[]>([]);
  const known = useQuery(referencesQuery(target?.key ?? "", target?.title ?? "", ids)).data ?? [];
  if (!target) return null;
  const titles = new Map([...known, ...picked].map((one) => [one.id, one]));
  const name = t("layouts.left_of", { name: label(field.label) });
  const { Input: Records } = fieldKind("many_to_many");
  return (
    <div>
      <Input.Label htmlFor={`left-${field.key}`}>{name}</Input.Label>
      <Records
        id={`left-${field.key}`}
        aria-label={name}
        field={{ ...field, kind: "many_to_many", required: false }}
        value={ids.map((id) => titles.get(id) ?? { id, title: "…" })}
        onChange={(chosen) => {
          const references = (chosen ?? []) as Reference[];
          setPicked(references);
          onChange(references.map(({ id }) => id));
        }}
      />
    </div>
  );
}
