/**
 * Asked before something typed would be lost. Drawn only while it is asked: a dialog that is always there would take
 * the Escape that opened it for its own.
 */
import { Button, Group, Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface DiscardQuestionProps {
  /** Can the typed be kept as a draft? */
  keepable: boolean;
  onStay(): void;
  /** `drop` false keeps it as a draft. */
  onLeave(drop: boolean): void;
}

export function DiscardQuestion({ keepable, onStay, onLeave }: DiscardQuestionProps) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onStay} title={t("form.unsaved_title")} size={440} withCloseButton={false}>
      <Text size="md">{t(keepable ? "form.unsaved_keepable" : "form.unsaved")}</Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="subtle" color="red.8" onClick={() => onLeave(true)}>
          {t("form.discard")}
        </Button>
        {keepable && (
          <Button variant="default" onClick={() => onLeave(false)}>
            {t("form.keep_draft")}
          </Button>
        )}
        <Button onClick={onStay} data-autofocus>
          {t("form.stay")}
        </Button>
      </Group>
    </Modal>
  );
}
