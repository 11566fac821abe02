/** Questions of a form: what each is called, what it takes, whether it must be answered; the name is the variable's. */
import { ActionIcon, Button, Checkbox, Input, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { ArrowUp, Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { words } from "../objects/setting-inputs";
import type { SettingInputProps } from "../objects/setting-props";
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
  const { label: name, ...rest } = words(props);
  const questions = (props.value as Question[] | undefined) ?? [];
  const keep = (next: Question[]) => props.set(next.length > 0 ? next : null);
  const change = (at: number, part: Partial<Question>) =>
    keep(questions.map((one, place) => (place === at ? { ...one, ...part } : one)));
  return (
    <Input.Wrapper {...rest} label={name} labelElement="div">
      <Stack gap={8} mt={4}>
        {questions.map((question, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: while a name is typed two questions may have the same
          <div className={classes.branch} key={at}>
            <div className={classes.question}>
              <TextInput
                label={t("steps.question_label")}
                maxLength={100}
                required
                value={question.label}
                onChange={(event) => change(at, { label: event.currentTarget.value })}
              />
              <Select
                label={t("steps.question_kind")}
                allowDeselect={false}
                data={KINDS.map((kind) => ({ value: kind, label: t(`steps.question_${kind}`) }))}
                value={question.kind}
                onChange={(kind) => change(at, { kind: kind ?? "text", options: undefined })}
              />
              <TextInput
                label={t("steps.question_name")}
                maxLength={40}
                required
                value={question.name}
                onChange={(event) => change(at, { name: event.currentTarget.value })}
              />
            </div>
            {question.kind === "choice" && (
              <TagsInput
                mt={8}
                label={t("steps.question_options")}
                value={question.options ?? []}
                onChange={(options) => change(at, { options })}
              />
            )}
            <div className={classes.questionFoot}>
              <Checkbox
                size="xs"
                label={t("steps.question_required")}
                checked={question.required ?? false}
                onChange={(event) => change(at, { required: event.currentTarget.checked || undefined })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={at === 0}
                aria-label={t("steps.branch_up", { name: question.label })}
                onClick={() => {
                  const next = [...questions];
                  next.splice(at - 1, 0, ...next.splice(at, 1));
                  keep(next);
                }}
              >
                <ArrowUp size={15} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("steps.remove_value", { name: question.label })}
                onClick={() => keep(questions.filter((_, place) => place !== at))}
              >
                <X size={15} />
              </ActionIcon>
            </div>
          </div>
        ))}
        {questions.length < MOST && (
          <Button
            variant="default"
            size="xs"
            style={{ alignSelf: "flex-start" }}
            leftSection={<Plus size={14} />}
            onClick={() => keep([...questions, { name: freeName(questions), label: "", kind: "text" }])}
          >
            {t("steps.add_question")}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function freeName(questions: readonly Question[]): string {
  const taken = new Set(questions.map(({ name }) => name));
  let number = 1;
  while (taken.has(`answer${number}`)) number++;
  return `answer${number}`;
}
