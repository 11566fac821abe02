/** For administrators: take the sample data out of the workspace, once the own data comes in. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { recordKeys, runAction } from "@/lib/records";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import { Card } from "./card";

export function SampleDataCard() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    try {
      const { change_set } = await runAction("sample/remove-sample-data", {});
      showUndo(t("settings.sample_removed"), change_set);
      await Promise.all([
        client.invalidateQueries({ queryKey: recordKeys.all() }),
        client.invalidateQueries({ queryKey: ["me"] }),
      ]);
    } catch (error) {
      toastError(error);
    }
  };
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
