/** Takes a conversion back: what will be deleted, or what stands against it. */
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { RevertedConversion } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { recordKeys, runAction } from "@/lib/records";
import { useSubmit } from "@/lib/use-submit";
import { RecordLink } from "@/records/lookup/record-link";
import type { RecordDialogProps } from "@/records/page/extensions";
import { FormProblem } from "@/ui/form-problem";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { showUndo } from "@/ui/undo-toast";
import { reversalQuery } from "../requests/conversion";
import classes from "./conversion.module.css";

export function RevertDialog({ record, title, onClose }: RecordDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const catalog = useCatalog();
  const found = useQuery(reversalQuery(record.id));
  const { busy, problem, submit } = useSubmit();
  const name = (object: string) => label(findObject(catalog, object)?.label) || object;
  const revert = () =>
    submit(async () => {
      const { change_set } = await runAction<RevertedConversion>("sales/revert-conversion", {
        lead: record.id,
      });
      onClose();
      showUndo(t("conversion.reverted", { title }), change_set);
      await client.invalidateQueries({ queryKey: recordKeys.all() });
    });
  const against = found.data?.against ?? [];
  const refused = found.data?.refused;
  return (
    <Modal opened onClose={onClose} title={t("conversion.revert_title", { title })} size={520}>
      <Stack gap="sm">
        <FormProblem text={problem} />
        {found.isError ? (
          <ErrorState compact error={found.error} onRetry={() => found.refetch()} />
        ) : !found.data ? (
          <RowsSkeleton rows={3} height={24} />
        ) : refused ? (
          <Text size="sm">{refused}</Text>
        ) : against.length > 0 ? (
          <>
            <Text size="sm">{t("conversion.against_text")}</Text>
            <ul className={classes.things} aria-label={t("conversion.against")}>
              {against.map(({ object, record: one, reason }) => (
                <li key={`${object} ${one.id}`}>
                  <span className={classes.kind}>{name(object)}</span>
                  {one.title === null || reason === "deleted" ? (
                    <span>{one.title ?? t("conversion.unseen")}</span>
                  ) : (
                    <RecordLink object={object} id={one.id} className={classes.link}>
                      {one.title}
                    </RecordLink>
                  )}
                  <span className={classes.kind}>{t(`conversion.reason_${reason}`)}</span>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <>
            <Text size="sm">{t("conversion.revert_text")}</Text>
            <ul className={classes.things} aria-label={t("conversion.made")}>
              {found.data.made.map(({ object, record: one }) => (
                <li key={one.id}>
                  <span className={classes.kind}>{name(object)}</span>
                  <span>{one.title ?? t("conversion.unseen")}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button
            color="red"
            loading={busy}
            disabled={!found.data || !!refused || against.length > 0}
            onClick={revert}
          >
            {t("conversion.revert")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
