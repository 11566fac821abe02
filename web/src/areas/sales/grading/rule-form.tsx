/** The form of a grading rule, with what it would do to leads. */
import { Button, Drawer, Group, Input, Select, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Filter, GradingEvent, ThoughtOfModel } from "@/api/types";
import { findField, findObject, useCatalog, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { createRecord, deleteRecord, updateRecord } from "@/lib/records";
import { StoredFilter } from "@/records/filter/stored-filter";
import { FormField } from "@/records/form/form-field";
import { useRecordForm } from "@/records/form/use-record-form";
import { toastError, toastSuccess } from "@/ui/toast";
import { Preview } from "./preview";
import { type GradingModel, type GradingRule, gradingChanged, RULE, thought } from "./requests";

const FIELDS = ["name", "axis", "event", "where", "points", "half_life_days", "at_most", "active"];
const OF_EVENTS = new Set(["half_life_days", "at_most"]);

export interface RuleFormProps {
  model: GradingModel;
  /** The model as it stands on the page, for the preview. */
  drafted: ThoughtOfModel;
  rules: GradingRule[];
  events: GradingEvent[];
  rule: GradingRule | null;
  axis: GradingRule["axis"];
  onClose(): void;
}

export function RuleForm({ model, drafted, rules, events, rule, axis, onClose }: RuleFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const catalog = useCatalog();
  const object = useObject(RULE);
  const fields = object ? FIELDS.flatMap((key) => findField(object, key) ?? []) : [];
  const begun = { axis, points: 10, active: true };
  const form = useRecordForm(fields, rule ?? {}, rule ? {} : begun);
  const [saving, setSaving] = useState(false);
  const event = (form.values.event as string | null) || null;
  const asked = findObject(catalog, event ?? "lead");
  const isFit = form.values.axis === "fit";
  const settle = async (doing: Promise<unknown>, said: string) => {
    setSaving(true);
    try {
      await doing;
      toastSuccess(said);
      onClose();
      await gradingChanged(client);
    } catch (error) {
      form.refuse(error);
    } finally {
      setSaving(false);
    }
  };
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (!form.check(fields)) return;
    const position = Math.max(0, ...rules.map((one) => one.position ?? 0)) + 1;
    const saved = rule
      ? updateRecord(RULE, rule.id, form.changes(), rule.rev)
      : createRecord(RULE, { ...form.changes(), model: model.id, position });
    void settle(saved, t("grading.saved"));
  };
  const think = () => ({
    model: drafted,
    rules: [
      ...rules.filter((one) => one.active && one.id !== rule?.id).map(thought),
      ...(form.values.active === false ? [] : [thought({ ...form.values, id: rule?.id } as GradingRule)]),
    ],
  });
  const setEvent = (key: string | null) => {
    form.set("event", key);
    form.set("where", null);
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      title={rule ? rule.name : t("grading.new_rule")}
      position="right"
      size={640}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("ui.close") }}
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {fields.map((field) => {
            const problem = form.problems[field.key];
            if (field.key === "event")
              return isFit ? null : (
                <Select
                  key={field.key}
                  label={label(field.label)}
                  description={label(field.help)}
                  clearable
                  error={problem}
                  placeholder={t("grading.of_lead")}
                  data={events.map((one) => ({ value: one.object, label: label(one.label) }))}
                  value={event}
                  onChange={setEvent}
                />
              );
            if (field.key === "where")
              return (
                <Input.Wrapper
                  key={field.key}
                  label={label(field.label)}
                  description={label(field.help)}
                  error={problem}
                  labelElement="div"
                >
                  {asked && (
                    <StoredFilter
                      key={asked.key}
                      object={asked}
                      where={(form.values.where as Filter | null) ?? null}
                      onChange={(where) => form.set("where", where)}
                    />
                  )}
                </Input.Wrapper>
              );
            if (OF_EVENTS.has(field.key) && (isFit || !event)) return null;
            return (
              <FormField
                key={field.key}
                field={field}
                object={RULE}
                value={form.values[field.key]}
                problem={problem}
                onChange={(key, value) => {
                  form.set(key, value);
                  if (key === "axis" && value === "fit" && event) setEvent(null);
                }}
              />
            );
          })}
          <Preview think={think} />
          {form.general && (
            <Text size="sm" c="var(--gx-danger)" role="alert">
              {form.general}
            </Text>
          )}
          <Group justify="space-between" gap="xs">
            {rule ? (
              <Button
                variant="subtle"
                color="red"
                onClick={() => settle(deleteRecord(RULE, rule.id), t("grading.deleted")).catch(toastError)}
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
