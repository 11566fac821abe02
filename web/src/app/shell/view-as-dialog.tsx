/** Asks why somebody wants to look with another member's eyes, and says what that means. */
import { Button, Group, Modal, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/lib/api";
import { errorMessage } from "@/lib/error-message";
import { beginViewAs, type Person } from "@/lib/view-as";

const LONGEST_REASON = 500;

export function ViewAsDialog({ person, onClose }: { person: Person; onClose(): void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    try {
      await beginViewAs(person, reason);
    } catch (error) {
      setProblem((error instanceof ApiError && error.byField().reason) || errorMessage(error));
      setSending(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("app.view_as_title", { name: person.name })} size={460}>
      <form onSubmit={submit} noValidate>
        <Text size="sm" c="dimmed" mb="md">
          {t("app.view_as_text")}
        </Text>
        <Textarea
          data-autofocus
          autosize
          minRows={2}
          maxLength={LONGEST_REASON}
          label={t("app.view_as_reason")}
          placeholder={t("app.view_as_reason_example")}
          value={reason}
          error={problem}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button type="submit" loading={sending} disabled={!reason.trim()}>
            {t("app.view_as_begin")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
