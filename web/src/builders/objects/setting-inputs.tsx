/** One input for each type of setting. */
import {
  Autocomplete,
  JsonInput,
  MultiSelect,
  NumberInput,
  Select,
  Switch,
  TagsInput,
  TextInput,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ComponentType, useState } from "react";
import type { CatalogObject, ChoiceOption, Field, Filter, KindSetting, Label } from "@/api/types";
import { findObject, holdsValue, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { FilterBuilder } from "@/records/filter/filter-builder";
import { toWire } from "@/records/query/filter";
import { lazily } from "@/ui/lazily";
import { currencyChoices } from "./currencies";
import { LabelInputs } from "./label-inputs";
import { OptionsEditor } from "./options-editor";
import { actionsQuery } from "./requests";
import type { SettingInputProps } from "./setting-props";

const SETTING_INPUTS: Record<KindSetting["type"], ComponentType<SettingInputProps>> = {
  text: TextSetting,
  labels: LabelsSetting,
  whole: NumberSetting,
  number: NumberSetting,
  flag: FlagSetting,
  choice: ChoiceSetting,
  options: OptionsSetting,
  object: ObjectSetting,
  objects: ObjectsSetting,
  field: FieldSetting,
  fields: FieldsSetting,
  currency: CurrencySetting,
  expression: TextSetting,
  filter: FilterSetting,
  action: ActionSetting,
  values: ValuesSetting,
  texts: TextsSetting,
  condition: lazily(async () => ({ default: (await import("../steps/condition-setting")).ConditionSetting })),
  assignments: lazily(async () => ({
    default: (await import("../steps/assignments-setting")).AssignmentsSetting,
  })),
  value: lazily(async () => ({ default: (await import("../steps/assignments-setting")).ValueSetting })),
  template: lazily(async () => ({ default: (await import("../steps/template-setting")).TemplateSetting })),
  duration: lazily(async () => ({ default: (await import("../steps/duration-setting")).DurationSetting })),
  people: lazily(async () => ({ default: (await import("../steps/people-setting")).PeopleSetting })),
  headers: lazily(async () => ({ default: (await import("../steps/headers-setting")).HeadersSetting })),
  shares: lazily(async () => ({ default: (await import("../steps/shares-setting")).SharesSetting })),
  questions: lazily(async () => ({ default: (await import("../steps/questions-setting")).QuestionsSetting })),
  branches: lazily(async () => ({ default: (await import("../steps/branches-setting")).BranchesSetting })),
};

/** The input of a setting. */
export const settingInput = (type: KindSetting["type"]) => SETTING_INPUTS[type];

/** What every input says of its setting. */
export function words({ setting, problem }: SettingInputProps) {
  return {
    label: label(setting.label),
    description: label(setting.help) || undefined,
    withAsterisk: setting.required,
    error: problem,
  };
}

function TextSetting(props: SettingInputProps) {
  return (
    <TextInput
      {...words(props)}
      maxLength={props.setting.max ?? undefined}
      value={typeof props.value === "string" ? props.value : ""}
      onChange={(event) => props.set(event.currentTarget.value || null)}
    />
  );
}

function TextsSetting(props: SettingInputProps) {
  return (
    <TagsInput
      {...words(props)}
      value={(props.value as string[] | undefined) ?? []}
      onChange={(next) => props.set(next.length > 0 ? next : null)}
    />
  );
}

function LabelsSetting(props: SettingInputProps) {
  return (
    <LabelInputs
      name={label(props.setting.label)}
      id={`settings.${props.setting.name}`}
      value={(props.value as Partial<Label> | undefined) ?? {}}
      onChange={props.set}
    />
  );
}

function NumberSetting(props: SettingInputProps) {
  const { setting, value } = props;
  return (
    <NumberInput
      {...words(props)}
      w={220}
      min={setting.min ?? undefined}
      max={setting.max ?? undefined}
      allowDecimal={setting.type === "number"}
      placeholder={setting.default == null ? undefined : String(setting.default)}
      value={typeof value === "number" ? value : ""}
      onChange={(next) => props.set(typeof next === "number" ? next : null)}
    />
  );
}

function FlagSetting(props: SettingInputProps) {
  const { label: name, description, error } = words(props);
  return (
    <Switch
      label={name}
      description={description}
      error={error}
      checked={Boolean(props.value ?? props.setting.default)}
      onChange={(event) => props.set(event.currentTarget.checked)}
    />
  );
}

function ChoiceSetting(props: SettingInputProps) {
  const { setting, value } = props;
  return (
    <Select
      {...words(props)}
      allowDeselect={false}
      data={setting.choices.map((each) => ({ value: each.key, label: label(each.label) }))}
      value={typeof value === "string" ? value : String(setting.default ?? setting.choices[0]?.key ?? "")}
      onChange={props.set}
    />
  );
}

function OptionsSetting(props: SettingInputProps) {
  const { setting, value } = props;
  const options = (value ?? setting.default ?? []) as ChoiceOption[];
  return <OptionsEditor name={label(setting.label)} options={options} onChange={props.set} />;
}

function objectChoices(objects: readonly CatalogObject[]) {
  return objects.map((object) => ({ value: object.key, label: label(object.label) }));
}

function ObjectSetting(props: SettingInputProps) {
  const catalog = useCatalog();
  return (
    <Select
      {...words(props)}
      searchable
      allowDeselect={false}
      // What a reference points at is part of what its values are.
      disabled={props.field !== null && props.setting.name === "target"}
      data={objectChoices(catalog.objects)}
      value={typeof props.value === "string" ? props.value : null}
      onChange={props.set}
    />
  );
}

function ObjectsSetting(props: SettingInputProps) {
  const catalog = useCatalog();
  return (
    <MultiSelect
      {...words(props)}
      searchable
      data={objectChoices(catalog.objects)}
      value={Array.isArray(props.value) ? props.value : []}
      onChange={props.set}
    />
  );
}

/** The fields that a setting may name: of the object that another setting holds, or of the field's own. */
function useNameable({ setting, settings, object, kind, field: own, accepts }: SettingInputProps): Field[] {
  const catalog = useCatalog();
  const named = setting.of ? settings[setting.of] : object.key;
  const holder = typeof named === "string" ? findObject(catalog, named) : undefined;
  if (!holder) return [];
  if (accepts) return holder.fields.filter((field) => accepts(setting, field));
  return holder.fields.filter((field) => {
    if (!holdsValue(field)) return false;
    if (setting.name === "depends_on")
      return field.key !== own?.key && (field.trait === "choice" || field.trait === "choices");
    if (kind.key !== "sub_table") return !field.system;
    if (setting.name === "field") return field.kind === "lookup" && field.settings.target === object.key;
    return setting.name === "totals" ? field.trait === "number" : !field.system;
  });
}

const fieldChoices = (fields: readonly Field[]) =>
  fields.map((field) => ({ value: field.key, label: label(field.label) }));

function FieldSetting(props: SettingInputProps) {
  const fields = useNameable(props);
  return (
    <Select
      {...words(props)}
      searchable
      clearable={!props.setting.required}
      allowDeselect={!props.setting.required}
      data={fieldChoices(fields)}
      value={typeof props.value === "string" ? props.value : null}
      onChange={props.set}
    />
  );
}

function FieldsSetting(props: SettingInputProps) {
  const fields = useNameable(props);
  return (
    <MultiSelect
      {...words(props)}
      searchable
      data={fieldChoices(fields)}
      value={Array.isArray(props.value) ? props.value : []}
      onChange={(chosen) => props.set(chosen.length > 0 ? chosen : null)}
    />
  );
}

function CurrencySetting(props: SettingInputProps) {
  return (
    <Select
      {...words(props)}
      searchable
      allowDeselect={false}
      data={currencyChoices(currentLanguage())}
      value={String(props.value ?? props.setting.default ?? "CNY")}
      onChange={props.set}
    />
  );
}

function FilterSetting(props: SettingInputProps) {
  const catalog = useCatalog();
  const of = props.setting.of ? props.settings[props.setting.of] : props.object.key;
  const object = typeof of === "string" ? findObject(catalog, of) : undefined;
  if (!object) return null;
  return (
    <FilterBuilder
      key={object.key}
      object={object}
      where={(props.value as Filter | undefined) ?? null}
      onChange={(where) => props.set(toWire(where))}
    />
  );
}

function ActionSetting(props: SettingInputProps) {
  const actions = useQuery(actionsQuery()).data ?? [];
  return (
    <Autocomplete
      {...words(props)}
      data={actions.map(({ name }) => name)}
      renderOption={({ option }) => (
        <span>
          {option.value}
          <br />
          <small>{actions.find(({ name }) => name === option.value)?.summary}</small>
        </span>
      )}
      value={typeof props.value === "string" ? props.value : ""}
      onChange={(next) => props.set(next || null)}
    />
  );
}

function ValuesSetting(props: SettingInputProps) {
  const [text, setText] = useState(() => (props.value ? JSON.stringify(props.value, null, 2) : ""));
  return (
    <JsonInput
      {...words(props)}
      autosize
      minRows={2}
      value={text}
      onChange={(next) => {
        setText(next);
        try {
          props.set(next.trim() ? JSON.parse(next) : null);
        } catch {
          // Half-written JSON is told by the input; the last whole value stays.
        }
      }}
    />
  );
}
