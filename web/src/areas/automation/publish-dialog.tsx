/** Puts a draft into force: what is new is said in a word, and new runs begin with it from then on. */
import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";

export function PublishDialog({
  sentence,
  version,
  onPublish,
  onClose,
}: {
  sentence: string;
  /** The number that the version will have. */
  version: number;
  onPublish(note: string | null): Promise<unknown>;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const { busy, problem, submit } = useSubmit();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("automation.publish_title", { version })}
      size={520}
      closeOnClickOutside={false}
    >
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          if (await submit(() => onPublish(note.trim() || null))) onClose();
        }}
      >
        <Stack gap="md">
          <FormProblem text={problem} />
          <Text size="sm">{sentence}</Text>
          <Text size="sm" c="dimmed">
            {t("automation.publish_help")}
          </Text>
          <Textarea
            label={t("automation.publish_note")}
            placeholder={t("automation.publish_note_hint")}
            autosize
            minRows={2}
            maxLength={500}
            data-autofocus
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("automation.publish")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
