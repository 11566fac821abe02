/** Questions of a form: what each is called, what it takes, whether it must be answered; the name is the variable's. */
import { Checkbox, Select, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { SettingInputProps } from "../objects/setting-props";
import { freeName, ListSetting } from "./list-setting";
import classes from "./steps.module.css";

interface Question {
  name: string;
  label: string;
  kind: string;
  required?: boolean;
  options?: string[];
}

const MOST = 30;
const KINDS = ["text", "long_text", "number", "date", "flag", "choice"] as const;

export function QuestionsSetting(props: SettingInputProps) {
  const { t } = useTranslation();
  return (
    <ListSetting<Question>
      of={props}
      most={MOST}
      add={t("steps.add_question")}
      fresh={(others) => ({
        name: freeName(
          "answer",
          others.map(({ name }) => name),
        ),
        label: "",
        kind: "text",
      })}
      called={({ label, name }) => label || name}
      removeLabel={(name) => t("steps.remove_value", { name })}
    >
      {({ row, change, tools }) => (
        <>
          <div className={classes.question}>
            <TextInput
              label={t("steps.question_label")}
              maxLength={100}
              required
              value={row.label}
              onChange={(event) => change({ label: event.currentTarget.value })}
            />
            <Select
              label={t("steps.question_kind")}
              allowDeselect={false}
              data={KINDS.map((kind) => ({ value: kind, label: t(`steps.question_${kind}`) }))}
              value={row.kind}
              onChange={(kind) => change({ kind: kind ?? "text", options: undefined })}
            />
            <TextInput
              label={t("steps.question_name")}
              maxLength={40}
              required
              value={row.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          </div>
          {row.kind === "choice" && (
            <TagsInput
              mt={8}
              label={t("steps.question_options")}
              value={row.options ?? []}
              onChange={(options) => change({ options })}
            />
          )}
          <div className={classes.questionFoot}>
            <Checkbox
              size="xs"
              label={t("steps.question_required")}
              checked={row.required ?? false}
              onChange={(event) => change({ required: event.currentTarget.checked || undefined })}
            />
            {tools}
          </div>
        </>
      )}
    </ListSetting>
  );
}
