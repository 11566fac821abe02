/** The owners that a record has had, the pools between them, and when it goes into one again. */
import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PoolStep } from "@/api/types";
import { formatDate, formatDateTime } from "@/lib/format";
import type { RecordPartProps } from "@/records/page/extensions";
import { Chip } from "@/ui/chip";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./pools.module.css";
import { poolOfRecordQuery, recordsMoved, releaseRecords } from "./requests";

const HUES = {
  claimed: "green",
  given: "blue",
  released: "amber",
  recycled: "orange",
  moved: "slate",
  warned: "red",
  viewed: "slate",
} as const;

export function OwnersTab({ object, record }: RecordPartProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const found = useQuery(poolOfRecordQuery(object.key, record.id));
  if (found.isError) return <ErrorState compact error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <RowsSkeleton rows={3} height={48} />;
  const { recycling, may_release, history } = found.data;
  return (
    <>
      {(recycling || may_release) && (
        <div className={classes.outlook}>
          <span>
            {recycling
              ? t("pools.goes_on", {
                  day: formatDate(recycling.at),
                  pool: recycling.pool,
                  rule: recycling.rule,
                })
              : t("pools.stays")}
          </span>
          {may_release && (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<Undo2 size={14} />}
              onClick={() => setAsking(true)}
            >
              {t("pools.release")}
            </Button>
          )}
        </div>
      )}
      {history.length === 0 ? (
        <EmptyState title={t("pools.no_history")} />
      ) : (
        <ol className={classes.history}>
          {history.map((step) => (
            <li key={step.id}>
              <Step step={step} />
            </li>
          ))}
        </ol>
      )}
      {asking && <ReleaseDialog object={object.key} record={record.id} onClose={() => setAsking(false)} />}
    </>
  );
}

function Step({ step }: { step: PoolStep }) {
  const { t } = useTranslation();
  const { kind, pool, from_owner, to_owner, by, reason, at } = step;
  const name = { pool: pool?.title ?? "—", from: from_owner?.title ?? "—", to: to_owner?.title ?? "—" };
  return (
    <div className={classes.step}>
      <Chip hue={HUES[kind]}>{t(`pools.kind_${kind}`)}</Chip>
      <span className={classes.stepText}>
        {t(`pools.did_${kind}`, { ...name, by: by?.title ?? t("pools.by_product") })}
        {reason && <span className={classes.reason}>{reason}</span>}
      </span>
      <time className={classes.since} dateTime={at}>
        {formatDateTime(at)}
      </time>
    </div>
  );
}

function ReleaseDialog({ object, record, onClose }: { object: string; record: string; onClose(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const releasing = useMutation({
    mutationFn: () => releaseRecords(object, [record], null, reason.trim()),
    onSuccess: async () => {
      toastSuccess(t("pools.released"));
      onClose();
      await recordsMoved(client, object);
    },
    onError: toastError,
  });
  return (
    <Modal opened onClose={onClose} title={t("pools.release_title")} centered>
      <Stack gap="md">
        <Textarea
          data-autofocus
          autosize
          minRows={2}
          maxLength={300}
          label={t("pools.reason")}
          description={t("pools.release_help")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button loading={releasing.isPending} onClick={() => releasing.mutate()}>
            {t("pools.release")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
