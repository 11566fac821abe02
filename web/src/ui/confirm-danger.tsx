/** The question before something hard to take back; more than 100 rows must be typed to be believed. */
import { Button, Group, Modal, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

const TYPED_FROM = 100;

/** `count`: how many records are concerned; above 100 the person types the number before confirming. */
export function ConfirmDanger({
  opened,
  title,
  children,
  confirmLabel,
  count = 1,
  closes = true,
  onConfirm,
  onClose,
}: {
  opened: boolean;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  count?: number;
  /** False leaves closing to the caller, for a question that may lead to another. */
  closes?: boolean;
  onConfirm: () => void | Promise<void>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const mustType = count > TYPED_FROM;
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
      if (closes) onClose();
    } finally {
      setBusy(false);
      setTyped("");
    }
  };
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={440}>
      <Text size="md" c="dimmed">
        {children}
      </Text>
      {mustType && (
        <TextInput
          mt="sm"
          label={t("ui.type_count", { count })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t("ui.cancel")}
        </Button>
        <Button color="red" loading={busy} disabled={mustType && typed !== String(count)} onClick={confirm}>
          {confirmLabel}
        </Button>
      </Group>
    </Modal>
  );
}
