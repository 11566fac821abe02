/** Another opportunity like this one: what it is called and expected, and whether the lines come along. */
import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ClonedOpportunity } from "@/api/types";
import { findField } from "@/lib/catalog";
import { recordKeys, runAction } from "@/lib/records";
import { useSubmit } from "@/lib/use-submit";
import { currentWorkspace } from "@/lib/workspace";
import { FormField } from "@/records/form/form-field";
import type { RecordDialogProps } from "@/records/page/extensions";
import { FormProblem } from "@/ui/form-problem";
import { showUndo } from "@/ui/undo-toast";

export function CloneDialog({ object, record, title, onClose }: RecordDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { busy, problem, fields, submit } = useSubmit();
  const [name, setName] = useState(t("clone.name_of", { title }));
  const [closing, setClosing] = useState<string | null>(null);
  const [lines, setLines] = useState(true);
  const day = findField(object, "expected_close_on");
  const clone = async () => {
    await submit(async () => {
      const { result, change_set } = await runAction<ClonedOpportunity>("sales/clone-opportunity", {
        opportunity: record.id,
        name: name.trim() || null,
        expected_close_on: closing,
        with_lines: lines,
      });
      onClose();
      showUndo(t("clone.done", { title }), change_set);
      await client.invalidateQueries({ queryKey: recordKeys.of("opportunity") });
      await navigate({
        to: "/w/$ws/o/$object/$id",
        params: { ws: currentWorkspace(), object: "opportunity", id: result.opportunity },
      });
    });
  };
  return (
    <Modal opened onClose={onClose} title={t("clone.title", { title })} size={480}>
      <Stack gap="sm">
        <FormProblem text={problem ?? Object.values(fields)[0] ?? null} />
        <Text size="sm">{t("clone.text")}</Text>
        <TextInput
          label={t("clone.name")}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        {day && (
          <FormField
            field={day}
            object={object.key}
            value={closing}
            problem={undefined}
            onChange={(_, value) => setClosing((value as string | null) ?? null)}
          />
        )}
        <Checkbox
          label={t("clone.lines")}
          checked={lines}
          onChange={(event) => setLines(event.currentTarget.checked)}
        />
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button loading={busy} onClick={clone}>
            {t("clone.confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
