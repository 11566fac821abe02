/** The way from what is being written to the library of scripts. */
import { Button } from "@mantine/core";
import { MessageSquareQuote } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ComposerToolProps } from "@/records/timeline/composer-tools";
import { ScriptDialog } from "./script-dialog";

export function ScriptButton(props: ComposerToolProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="subtle" leftSection={<MessageSquareQuote size={14} />} onClick={() => setOpened(true)}>
        {t("enablement.scripts")}
      </Button>
      {opened && <ScriptDialog {...props} onClose={() => setOpened(false)} />}
    </>
  );
}
