/** A flow as a BPMN 2.0 file: written for other programs, and read from them with a list of what was left out. */
import { ActionIcon, Button, List, Menu, Modal, Text } from "@mantine/core";
import { Ellipsis, FileDown, FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BpmnRead } from "@/api/types";
import { toastError, toastSuccess } from "@/ui/toast";
import { type Definition, readDefinition } from "./model";
import { readBpmn, writeBpmn } from "./requests";

export function BpmnMenu({
  title,
  definition,
  onRead,
}: {
  title: string;
  definition: Definition;
  onRead(definition: Definition): void;
}) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [told, setTold] = useState<BpmnRead["left_out"]>([]);
  const write = async () => {
    try {
      const { xml } = await writeBpmn(definition, title);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([xml], { type: "application/xml" }));
      link.download = `${title}.bpmn`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      toastError(error);
    }
  };
  const read = async (file: File | undefined) => {
    if (!file) return;
    try {
      const found = await readBpmn(await file.text());
      const next = readDefinition(found.definition);
      onRead({ ...next, object: next.object ?? definition.object });
      if (found.left_out.length > 0) setTold(found.left_out);
      else toastSuccess(t("automation.bpmn_read"));
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t("automation.more_tools")}>
            <Ellipsis size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<FileDown size={15} />} onClick={write}>
            {t("automation.bpmn_write")}
          </Menu.Item>
          <Menu.Item leftSection={<FileUp size={15} />} onClick={() => input.current?.click()}>
            {t("automation.bpmn_open")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t("automation.bpmn_open")}
        accept=".bpmn,.xml,application/xml"
        onChange={(event) => {
          void read(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      <Modal
        opened={told.length > 0}
        onClose={() => setTold([])}
        title={t("automation.bpmn_left_out")}
        closeButtonProps={{ "aria-label": t("ui.close") }}
      >
        <Text size="sm" mb="sm">
          {t("automation.bpmn_left_out_text")}
        </Text>
        <List size="sm" spacing={6} mb="md">
          {told.map(({ says }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
            <List.Item key={at}>{says}</List.Item>
          ))}
        </List>
        <Button onClick={() => setTold([])}>{t("ui.close")}</Button>
      </Modal>
    </>
  );
}
