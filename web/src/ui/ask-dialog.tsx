/** A verb that needs a word or two: its fields, what it does, and the refusal where it stands. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorMessage } from "@/lib/error-message";
import { toastSuccess } from "./toast";

interface Asked {
  key: string;
  label: string;
  value?: string;
  kind?: "date" | "amount";
}

export interface Question {
  title: string;
  text?: string;
  button: string;
  done: string;
  danger?: boolean;
  fields: Asked[];
  run(values: Record<string, string>): Promise<unknown>;
}

export function AskDialog({
  question,
  onDone,
  onClose,
}: {
  question: Question;
  /** What the verb makes stale is read anew before the dialog closes. */
  onDone(): Promise<unknown>;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [values, setValues] = useState(() =>
    Object.fromEntries(question.fields.map(({ key, value }) => [key, value ?? ""])),
  );
  const running = useMutation({
    mutationFn: () => question.run(values),
    onSuccess: async () => {
      toastSuccess(question.done);
      await onDone();
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={question.title} centered>
      <Stack gap="md">
        {question.text && (
          <Text size="sm" c="dimmed">
            {question.text}
          </Text>
        )}
        {question.fields.map(({ key, label, kind }) => (
          <TextInput
            key={key}
            label={label}
            type={kind === "date" ? "date" : "text"}
            inputMode={kind === "amount" ? "decimal" : undefined}
            maxLength={300}
            value={values[key] ?? ""}
            onChange={(event) => setValues({ ...values, [key]: event.currentTarget.value })}
          />
        ))}
        {running.isError && (
          <Text size="sm" c="var(--gx-danger)" role="alert">
            {errorMessage(running.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button
            color={question.danger ? "red" : undefined}
            loading={running.isPending}
            onClick={() => running.mutate()}
          >
            {question.button}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
