/** The questions of a form: which fields of the lead, in which order and words, and which must be answered. */
import { ActionIcon, Checkbox, Input, Select, TextInput } from "@mantine/core";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import type { Question } from "./requests";
import classes from "./web-forms.module.css";

const KINDS = new Set([
  "text",
  "long_text",
  "mail",
  "phone",
  "url",
  "integer",
  "decimal",
  "date",
  "boolean",
  "choice",
  "multi_choice",
]);

const canBeAsked = (field: Field) =>
  KINDS.has(field.kind) && !field.read_only && !field.hidden && !field.system;

export interface QuestionListProps {
  lead: CatalogObject;
  value: Question[];
  problem: string | undefined;
  onChange(value: Question[]): void;
}

export function QuestionList({ lead, value, problem, onChange }: QuestionListProps) {
  const { t } = useTranslation();
  const asked = new Set(value.map(({ field }) => field));
  const change = (place: number, changed: Partial<Question>) =>
    onChange(value.map((one, at) => (at === place ? { ...one, ...changed } : one)));
  const move = (place: number, by: number) => {
    const next = [...value];
    const [one] = next.splice(place, 1);
    if (one) next.splice(place + by, 0, one);
    onChange(next);
  };
  return (
    <Input.Wrapper label={t("web-forms.questions")} required error={problem} labelElement="div">
      <ol className={classes.questions}>
        {value.map((one, place) => {
          const field = findField(lead, one.field);
          const name = label(field?.label) || one.field;
          return (
            <li key={one.field}>
              <div className={classes.questionHead}>
                <span className={classes.questionName}>{name}</span>
                <Checkbox
                  label={t("web-forms.required")}
                  aria-label={t("web-forms.required_of", { name })}
                  checked={one.required ?? false}
                  onChange={(event) => change(place, { required: event.currentTarget.checked })}
                />
                <ActionIcon
                  variant="subtle"
                  disabled={place === 0}
                  aria-label={t("web-forms.up", { name })}
                  onClick={() => move(place, -1)}
                >
                  <ArrowUp size={16} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  disabled={place === value.length - 1}
                  aria-label={t("web-forms.down", { name })}
                  onClick={() => move(place, 1)}
                >
                  <ArrowDown size={16} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  aria-label={t("web-forms.remove", { name })}
                  onClick={() => onChange(value.filter((_, at) => at !== place))}
                >
                  <X size={16} />
                </ActionIcon>
              </div>
              <div className={classes.words}>
                <TextInput
                  size="xs"
                  aria-label={t("web-forms.words_zh", { name })}
                  placeholder={field?.label["zh-CN"]}
                  value={one.label ?? ""}
                  maxLength={200}
                  onChange={(event) => change(place, { label: event.currentTarget.value })}
                />
                <TextInput
                  size="xs"
                  aria-label={t("web-forms.words_en", { name })}
                  placeholder={field?.label.en}
                  value={one.label_en ?? ""}
                  maxLength={200}
                  onChange={(event) => change(place, { label_en: event.currentTarget.value })}
                />
              </div>
            </li>
          );
        })}
      </ol>
      <Select
        aria-label={t("web-forms.add")}
        placeholder={t("web-forms.add")}
        searchable
        value={null}
        data={lead.fields
          .filter((field) => canBeAsked(field) && !asked.has(field.key))
          .map((field) => ({ value: field.key, label: label(field.label) }))}
        onChange={(key) => key && onChange([...value, { field: key }])}
      />
    </Input.Wrapper>
  );
}
