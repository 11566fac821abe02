/** The form of a field: words, the settings of its kind, rules, the value that new records begin with. */
import { Button, Checkbox, Group, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChoiceOption, KindCard } from "@/api/types";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { FormProblem } from "@/ui/form-problem";
import { DefaultInput } from "./default-input";
import { draftOf, type FieldDraft, FLAGS, flagsOf, valuesOf } from "./field-draft";
import { LabelInputs } from "./label-inputs";
import { type DesignedField, type DesignedWhole, difference, removedOptions } from "./model";
import classes from "./objects.module.css";
import { made } from "./requests";
import { type ChangeRequest, useReview } from "./review";
import { SettingsForm } from "./settings-form";
import { showTakeBack } from "./take-back";
import { byLanguage, LABELS, useRefusal } from "./use-refusal";

export function FieldForm({
  object,
  field,
  kind,
  onBack,
  onClose,
}: {
  object: DesignedWhole;
  field: DesignedField | null;
  kind: KindCard;
  /** To the kinds, for a new field. */
  onBack?: () => void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { change, question } = useReview();
  const refusal = useRefusal();
  const [seen] = useState(() => valuesOf(draftOf(field, kind), kind));
  const [draft, setDraft] = useState(() => draftOf(field, kind));
  const [key, setKey] = useState("");
  const [busy, setBusy] = useState(false);
  const set = (values: Partial<FieldDraft>) => setDraft((now) => ({ ...now, ...values }));
  const flags = flagsOf(kind);
  const { problems } = refusal;

  const save = async () => {
    const values = valuesOf(draft, kind);
    const name = label(values.label);
    if (!field) {
      const outcome = await made(client, "create-field", {
        object: object.id,
        kind: kind.key,
        label: values.label,
        key: key.trim() || null,
        values: Object.fromEntries(Object.entries(values).filter(([each]) => each !== "label")),
      });
      showTakeBack(t("objects.field_created", { name }), outcome);
      return true;
    }
    const changed = difference<object>(seen, values);
    if (Object.keys(changed.values).length === 0) return true;
    const removed = removedOptions(field.values.settings, values.settings);
    const request: ChangeRequest = {
      verb: "update-field",
      params: { field: field.id, ...changed },
      title: t("objects.edit_field", { name }),
      confirmLabel: t("ui.save"),
      options: {
        removed,
        kept: (values.settings.options ?? []) as ChoiceOption[],
        required: values.required,
      },
    };
    const answer = await change(request);
    if (typeof answer === "object") showTakeBack(t("objects.field_saved", { name }), answer);
    return answer !== "cancelled";
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (busy) return;
    refusal.clear();
    if (!valuesOf(draft, kind).label.en) {
      refusal.say(`label.${currentLanguage()}`, t("objects.name_missing"));
      return;
    }
    setBusy(true);
    try {
      if (await save()) onClose();
    } catch (error) {
      refusal.take(error);
    } finally {
      setBusy(false);
    }
  };

  const shown = [
    ...LABELS,
    "key",
    "default",
    ...FLAGS,
    ...kind.settings.map(({ name }) => `settings.${name}`),
  ];
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem text={refusal.general(shown)} />
        <LabelInputs
          name={t("objects.field_name")}
          value={draft.label}
          onChange={(words) => set({ label: words })}
          problems={byLanguage(problems, "label")}
          required
          autoFocus
        />
        <SettingsForm
          kind={kind}
          object={object}
          field={field}
          settings={draft.settings}
          onChange={(settings) => set({ settings })}
          problems={problems}
        />
        <fieldset style={{ margin: 0, padding: 0, border: 0 }}>
          <legend className={classes.label}>{t("objects.rules")}</legend>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={8}>
            {flags.map((flag) => (
              <Checkbox
                key={flag}
                label={t(`objects.flag_${flag}`)}
                description={t(`objects.flag_help_${flag}`)}
                error={problems[flag]}
                checked={draft[flag]}
                onChange={(event) => set({ [flag]: event.currentTarget.checked })}
              />
            ))}
          </SimpleGrid>
        </fieldset>
        <DefaultInput
          object={object}
          kind={kind}
          settings={valuesOf(draft, kind).settings}
          value={draft.default}
          onChange={(value) => set({ default: value })}
          problem={problems.default}
        />
        <LabelInputs
          name={t("objects.help")}
          id="help"
          value={draft.help}
          onChange={(help) => set({ help })}
        />
        {field ? (
          <p className={classes.remark}>
            {t("objects.key")}: <code className={classes.code}>{field.key}</code>
          </p>
        ) : (
          <TextInput
            label={t("objects.key")}
            description={t("objects.key_help")}
            placeholder={t("objects.key_made")}
            value={key}
            error={problems.key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        )}
        <Group justify="space-between" gap="xs">
          {onBack ? (
            <Button variant="subtle" color="gray" onClick={onBack}>
              {t("objects.other_kind")}
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t(field ? "ui.save" : "objects.add_field")}
            </Button>
          </Group>
        </Group>
      </Stack>
      {question}
    </form>
  );
}
