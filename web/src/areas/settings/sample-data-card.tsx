/** For administrators: take the sample data out of the workspace, once the own data comes in. */
import { Button, Modal, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/me";
import { recordKeys, runAction } from "@/lib/records";
import { Card } from "@/ui/card";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import { PasswordForm } from "./password-form";

export function SampleDataCard() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [removed, setRemoved] = useState(false);
  const sample = useMe().workspace.is_sample;
  const remove = async () => {
    try {
      const { change_set } = await runAction("sample/remove-sample-data", {});
      showUndo(t("settings.sample_removed"), change_set);
      setRemoved(true);
      await Promise.all([
        client.invalidateQueries({ queryKey: recordKeys.all() }),
        client.invalidateQueries({ queryKey: ["me"] }),
      ]);
    } catch (error) {
      toastError(error);
    }
  };
  // The password stood on the terminal and in the documents: with the own data it has to go.
  if (removed) {
    return (
      <Modal opened onClose={() => setRemoved(false)} title={t("settings.change_published")} size={480}>
        <Text size="sm" mb="md">
          {t("settings.change_published_text")}
        </Text>
        <PasswordForm onChanged={() => setRemoved(false)} />
        <Button variant="subtle" onClick={() => setRemoved(false)}>
          {t("settings.later")}
        </Button>
      </Modal>
    );
  }
  if (!sample) return null;
  return (
    <Card title={t("settings.sample")} text={t("settings.sample_text")}>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t("settings.remove_sample")}
      </Button>
      <ConfirmDanger
        opened={asking}
        title={t("settings.remove_sample")}
        confirmLabel={t("settings.remove_sample")}
        onConfirm={remove}
        onClose={() => setAsking(false)}
      >
        {t("settings.remove_sample_text")}
      </ConfirmDanger>
    </Card>
  );
}
