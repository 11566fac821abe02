/** What a failed run remembers, put right: the failed step, or all of them, is tried again with it. */
import { Button, Group, JsonInput, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { toastSuccess } from "@/ui/toast";
import { editData, runsKey } from "./requests";

interface EditDataDialogProps {
  run: string;
  data: Record<string, unknown>;
  /** The failed step that goes on with it; null for all of them. */
  token: number | null;
  onClose(): void;
}

export function EditDataDialog({ run, data, token, onClose }: EditDataDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [text, setText] = useState(() => JSON.stringify(data, null, 2));
  const { busy, problem, fields, submit } = useSubmit();
  const read = objectIn(text);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!read || !(await submit(() => editData(run, read, token)))) return;
    toastSuccess(t("automation.data_edited"));
    await client.invalidateQueries({ queryKey: runsKey() });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("automation.edit_data")} size={640}>
      <form onSubmit={save}>
        <Stack gap="md">
          <Text size="sm">{t("automation.edit_data_text")}</Text>
          <FormProblem text={problem} />
          <JsonInput
            label={t("automation.remembered")}
            autosize
            minRows={8}
            maxRows={20}
            spellCheck={false}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
            value={text}
            error={fields.data ?? (read ? undefined : t("automation.no_json_object"))}
            onChange={setText}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" loading={busy} disabled={!read}>
              {t("automation.save_and_retry")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** The object that the text is; null for anything else. */
function objectIn(text: string): Record<string, unknown> | null {
  try {
    const found: unknown = JSON.parse(text);
    return found && typeof found === "object" && !Array.isArray(found)
      ? (found as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
