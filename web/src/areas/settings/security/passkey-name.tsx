/** The name of a passkey, asked for before it is made or when it is renamed. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";

export function PasskeyNameDialog({
  title,
  text,
  initial,
  confirmLabel,
  onConfirm,
  onClose,
}: {
  title: string;
  text?: string;
  initial: string;
  confirmLabel: string;
  onConfirm: (name: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(initial);
  const { busy, problem, fields, submit } = useSubmit();
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (await submit(() => onConfirm(name.trim()))) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={title} size={420}>
      <form onSubmit={onSubmit}>
        <Stack gap="md">
          {text && (
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          )}
          <FormProblem text={problem ?? fields.credential ?? null} />
          <TextInput
            label={t("security.passkey_name")}
            data-autofocus
            required
            withAsterisk={false}
            maxLength={100}
            value={name}
            error={fields.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("security.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
