/** Somebody else changed the same attribute since this form was opened: theirs, or ours over it. */
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Label } from "@/api/types";
import type { ApiError } from "@/lib/api";
import { formatDateTime } from "@/lib/format";
import { label } from "@/lib/label";
import classes from "./objects.module.css";

export function ChangedMeanwhile({
  error,
  onOverwrite,
  onDiscard,
  onClose,
}: {
  error: ApiError;
  onOverwrite(): void;
  onDiscard(): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const { now, at, by } = error.params;
  return (
    <Modal opened onClose={onClose} title={t("objects.clash")} size={520}>
      <Stack gap="sm">
        <p className={classes.remark}>{error.message}</p>
        <dl className={classes.facts}>
          <dt>{t("objects.clash_now")}</dt>
          <dd>{inWords(now)}</dd>
          {by ? (
            <>
              <dt>{t("objects.clash_by")}</dt>
              <dd>{t("objects.clash_by_at", { by: String(by), at: formatDateTime(String(at)) })}</dd>
            </>
          ) : null}
        </dl>
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onDiscard}>
            {t("objects.clash_theirs")}
          </Button>
          <Button onClick={onOverwrite}>{t("objects.clash_mine")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** A value of an attribute as far as words go. */
function inWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "object" && ("zh-CN" in value || "en" in value)) return label(value as Partial<Label>);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
