/** What was just made, to be copied; a secret is told this once, so only the dialog's own button closes it. */
import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Copied } from "./copied";

export function SecretDialog({
  title,
  once = true,
  values,
  onClose,
}: {
  title: string;
  /** False for what can be read again later. */
  once?: boolean;
  /** What is told, by name, in its order. */
  values: { name: string; value: string }[];
  onClose(): void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={560}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack gap="md">
        {once && (
          <Alert color="yellow" variant="light" p="sm" icon={<TriangleAlert size={16} />}>
            {t("programs.told_once")}
          </Alert>
        )}
        {values.map(({ name, value }) => (
          <Copied key={name} name={name} value={value} wide />
        ))}
        <Group justify="flex-end">
          <Button onClick={onClose}>{t(once ? "programs.kept" : "programs.done")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
