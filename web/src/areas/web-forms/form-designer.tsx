/** The designer of a web form: its questions and words beside the page as visitors will see it. */
import { Button, Drawer, Group, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DraftOfWebForm } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { errorMessage } from "@/lib/error-message";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { createRecord, updateRecord } from "@/lib/records";
import { FormField } from "@/records/form/form-field";
import { useRecordForm } from "@/records/form/use-record-form";
import { toastSuccess } from "@/ui/toast";
import { QuestionList } from "./question-list";
import { drawnQuery, FORM, formsChanged, type Question, type WebForm } from "./requests";
import { Snippets } from "./snippets";
import classes from "./web-forms.module.css";

const FIELDS = [
  "name",
  "title",
  "title_en",
  "intro",
  "intro_en",
  "fields",
  "button",
  "button_en",
  "thanks",
  "thanks_en",
  "assign_to",
  "source",
  "campaign",
  "origins",
  "color",
  "active",
];
const SHOWN = ["title", "title_en", "intro", "intro_en", "button", "button_en", "color", "name"];
const BEGUN = [
  { field: "name", required: true },
  { field: "company_name" },
  { field: "mobile", required: true },
];
const PAUSE = 400;

export function FormDesigner({ form: known, onClose }: { form: WebForm | null; onClose(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const object = useObject(FORM);
  const lead = useObject("lead");
  const fields = object ? FIELDS.flatMap((key) => findField(object, key) ?? []) : [];
  const form = useRecordForm(
    fields,
    known ?? {},
    known ? {} : { fields: BEGUN, source: "website", active: true },
  );
  const [saving, setSaving] = useState(false);
  const [language, setLanguage] = useState<"zh-CN" | "en">(currentLanguage());
  const questions = (form.values.fields as Question[] | null) ?? [];
  const draft: DraftOfWebForm = {
    language,
    values: {
      ...Object.fromEntries(SHOWN.map((key) => [key, form.values[key] ?? null])),
      fields: questions,
    },
  };
  const [asked] = useDebouncedValue(draft, PAUSE);
  const drawn = useQuery({ ...drawnQuery(asked), enabled: questions.length > 0 });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!form.check(fields)) return;
    setSaving(true);
    try {
      if (known) await updateRecord(FORM, known.id, form.changes(), known.rev);
      else await createRecord(FORM, form.changes());
      toastSuccess(t("web-forms.saved"));
      onClose();
      await formsChanged(client);
    } catch (error) {
      form.refuse(error);
    } finally {
      setSaving(false);
    }
  };
  if (!object || !lead) return null;
  const sources = findField(lead, "source")?.settings.options as
    | { key: string; label: Record<string, string> }[]
    | undefined;
  return (
    <Drawer
      opened
      onClose={onClose}
      title={known ? known.name : t("web-forms.new")}
      position="right"
      size={1080}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("ui.close") }}
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
    >
      <div className={classes.designer}>
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            {fields.map((field) => {
              const problem = form.problems[field.key];
              if (field.key === "fields")
                return (
                  <QuestionList
                    key={field.key}
                    lead={lead}
                    value={questions}
                    problem={problem}
                    onChange={(value) => form.set("fields", value)}
                  />
                );
              if (field.key === "source")
                return (
                  <Select
                    key={field.key}
                    label={label(field.label)}
                    clearable
                    error={problem}
                    data={(sources ?? []).map((one) => ({ value: one.key, label: label(one.label) }))}
                    value={(form.values.source as string | null) ?? null}
                    onChange={(value) => form.set("source", value)}
                  />
                );
              return (
                <FormField
                  key={field.key}
                  field={field}
                  object={FORM}
                  value={form.values[field.key]}
                  problem={problem}
                  onChange={form.set}
                />
              );
            })}
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
        <div className={classes.beside}>
          <div className={classes.previewHead}>
            <h3>{t("web-forms.preview")}</h3>
            <SegmentedControl
              size="xs"
              aria-label={t("web-forms.preview_language")}
              value={language}
              onChange={(value) => setLanguage(value as "zh-CN" | "en")}
              data={[
                { value: "zh-CN", label: "中文" },
                { value: "en", label: "English" },
              ]}
            />
          </div>
          {drawn.isError ? (
            <Text size="sm" c="var(--gx-danger)" role="alert">
              {errorMessage(drawn.error)}
            </Text>
          ) : (
            <iframe
              title={t("web-forms.preview")}
              sandbox=""
              srcDoc={drawn.data?.html ?? ""}
              className={classes.frame}
            />
          )}
          {known && <Snippets form={known} />}
        </div>
      </div>
    </Drawer>
  );
}
