/** The link of an invitation, to be handed over where the installation sends no mail. */
import { Button, CopyButton, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useTranslation } from "react-i18next";

export function InvitationLink({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={t("settings.link_title", { name })} size={480}>
      <Stack gap="sm">
        <Text size="sm">{t("settings.link_text")}</Text>
        <TextInput
          aria-label={t("settings.link")}
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("settings.link_close")}
          </Button>
          <CopyButton value={link}>
            {({ copied, copy }) => (
              <Button
                data-autofocus
                onClick={copy}
                leftSection={copied ? <Check size={16} /> : <Copy size={16} />}
              >
                {t(copied ? "settings.link_copied" : "settings.link_copy")}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Modal>
  );
}
