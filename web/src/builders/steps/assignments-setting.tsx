/** Fields with the values that a step gives them: always the same, worked out of the record, or remembered. */
import { ActionIcon, Button, Input, Select, TextInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { useCatalog, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { words } from "../objects/setting-inputs";
import type { SettingInputProps } from "../objects/setting-props";
import classes from "./steps.module.css";
import { ValueInput } from "./value-input";
import { type StepValue, writable, written } from "./values";

const choices = (fields: readonly Field[]) =>
  fields.map((field) => ({ value: field.key, label: label(field.label) }));

/** Values by field where a record is written, by names of one's own elsewhere. */
export function AssignmentsSetting(props: SettingInputProps) {
  return props.kind.key.startsWith("record.") ? <ByField {...props} /> : <ByName {...props} />;
}

function ByField(props: SettingInputProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const own = useObject(props.object.key);
  const target = written(catalog, own, props.settings);
  const { label: name, ...rest } = words(props);
  const given = (props.value as Record<string, StepValue> | undefined) ?? {};
  const keys = Object.keys(given);
  const fields = target ? writable(target) : [];
  const free = fields.filter(({ key }) => !keys.includes(key));
  const keep = (next: [string, StepValue][]) => props.set(next.length > 0 ? Object.fromEntries(next) : null);
  const entries = Object.entries(given);
  return (
    <Input.Wrapper {...rest} label={name} labelElement="div">
      <div className={classes.rows}>
        {entries.map(([key, spec], at) => {
          const field = fields.find((each) => each.key === key);
          const called = field ? label(field.label) : key;
          return (
            <div className={classes.row} key={key}>
              <Select
                aria-label={t("steps.field")}
                searchable
                allowDeselect={false}
                error={field ? undefined : t("steps.no_field", { name: key })}
                data={choices(field ? [field, ...free] : free)}
                value={field ? key : null}
                onChange={(next) =>
                  next &&
                  keep(entries.map((entry, place) => (place === at ? [next, { value: null }] : entry)))
                }
              />
              <div className={classes.value}>
                {field && (
                  <ValueInput
                    key={key}
                    name={called}
                    object={own}
                    field={field}
                    of={target?.key}
                    variables={props.variables ?? []}
                    value={spec}
                    onChange={(next) =>
                      keep(entries.map((entry, place) => (place === at ? [key, next] : entry)))
                    }
                  />
                )}
              </div>
              <ActionIcon
                variant="subtle"
                color="gray"
                mt={4}
                aria-label={t("steps.remove_value", { name: called })}
                onClick={() => keep(entries.filter((_, place) => place !== at))}
              >
                <X size={15} />
              </ActionIcon>
            </div>
          );
        })}
        {target && free.length > 0 && (
          <Select
            w={260}
            maw="100%"
            aria-label={t("steps.add_field")}
            placeholder={t("steps.add_field")}
            leftSection={<Plus size={14} aria-hidden />}
            searchable
            data={choices(free)}
            value={null}
            onChange={(next) => next && keep([...entries, [next, { value: null }]])}
          />
        )}
      </div>
    </Input.Wrapper>
  );
}

function ByName(props: SettingInputProps) {
  const { t } = useTranslation();
  const own = useObject(props.object.key);
  const { label: name, ...rest } = words(props);
  const entries = Object.entries((props.value as Record<string, StepValue> | undefined) ?? {});
  const [typed, setTyped] = useState("");
  const keep = (next: [string, StepValue][]) => props.set(next.length > 0 ? Object.fromEntries(next) : null);
  const add = () => {
    const key = typed.trim();
    if (!key || entries.some(([known]) => known === key)) return;
    keep([...entries, [key, { text: "" }]]);
    setTyped("");
  };
  return (
    <Input.Wrapper {...rest} label={name} labelElement="div">
      <div className={classes.rows}>
        {entries.map(([key, spec], at) => (
          <div className={classes.row} key={key}>
            <code className={classes.key}>{key}</code>
            <div className={classes.value}>
              <ValueInput
                name={key}
                object={own}
                field={null}
                of={undefined}
                variables={props.variables ?? []}
                value={spec}
                onChange={(next) => keep(entries.map((entry, place) => (place === at ? [key, next] : entry)))}
              />
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              mt={4}
              aria-label={t("steps.remove_value", { name: key })}
              onClick={() => keep(entries.filter((_, place) => place !== at))}
            >
              <X size={15} />
            </ActionIcon>
          </div>
        ))}
        <div className={classes.pair}>
          <TextInput
            aria-label={t("steps.new_name")}
            placeholder={t("steps.new_name")}
            maxLength={60}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
              event.preventDefault();
              add();
            }}
          />
          <Button variant="default" leftSection={<Plus size={14} />} disabled={!typed.trim()} onClick={add}>
            {t("steps.add_name")}
          </Button>
        </div>
      </div>
    </Input.Wrapper>
  );
}

/** One value that belongs to no field: text, a formula, or what a step remembered. */
export function ValueSetting(props: SettingInputProps) {
  const own = useObject(props.object.key);
  const { label: name, ...rest } = words(props);
  return (
    <Input.Wrapper {...rest} label={name} labelElement="div">
      <div className={classes.value}>
        <ValueInput
          name={name}
          object={own}
          field={null}
          of={undefined}
          variables={props.variables ?? []}
          value={(props.value as StepValue | undefined) ?? { text: "" }}
          onChange={(next) => props.set("text" in next && next.text === "" ? null : next)}
        />
      </div>
    </Input.Wrapper>
  );
}
