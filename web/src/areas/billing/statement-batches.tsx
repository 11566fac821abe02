/** Statements of many customers: how far each batch is, the way to stop or go on, and the file once it is done. */
import { Button, Progress } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { StatementBatch } from "@/api/types";
import { formatDate, formatNumber, formatSize } from "@/lib/format";
import { LANGUAGES } from "@/lib/language";
import { LANGUAGE_NAMES } from "@/lib/settings";
import { Chip } from "@/ui/chip";
import { toastError } from "@/ui/toast";
import classes from "./billing.module.css";
import { batchesQuery, batchFile, cancelStatements, keepBatch, resumeStatements } from "./requests";

const HUES = { waiting: "slate", running: "blue", done: "green", failed: "red", cancelled: "slate" } as const;

export function StatementBatches() {
  const { t } = useTranslation();
  const batches = useQuery(batchesQuery()).data?.batches ?? [];
  if (batches.length === 0) return null;
  return (
    <section className={classes.batches} aria-label={t("billing.batches")}>
      <h2 className={classes.heading}>{t("billing.batches")}</h2>
      <ul>
        {batches.map((one) => (
          <Batch key={one.id} batch={one} />
        ))}
      </ul>
    </section>
  );
}

function Batch({ batch }: { batch: StatementBatch }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const told = { onSuccess: (next: StatementBatch) => keepBatch(client, next), onError: toastError };
  const cancel = useMutation({ mutationFn: () => cancelStatements(batch.id), ...told });
  const resume = useMutation({ mutationFn: () => resumeStatements(batch.id), ...told });
  const { state, done, total } = batch;
  const going = state === "waiting" || state === "running";
  const title = `${formatDate(batch.begins)} – ${formatDate(batch.ends)}`;
  const language = LANGUAGES.find((one) => one === batch.language);
  const facts = [
    batch.kind === "pdf" ? "PDF" : "Excel",
    language && LANGUAGE_NAMES[language],
    t("billing.batch_progress", { done: formatNumber(done), total: formatNumber(total) }),
    batch.left_out > 0 && t("billing.batch_left_out", { count: batch.left_out }),
  ].filter(Boolean);
  return (
    <li className={classes.batch} aria-label={title}>
      <span className={classes.batchTitle}>{title}</span>
      <Chip hue={HUES[state]} dot>
        {t(batch.stops ? "billing.batch_stops" : `billing.batch_${state}`)}
      </Chip>
      <span className={classes.quiet} aria-live="polite">
        {facts.join(" · ")}
      </span>
      <span className={classes.space} />
      {going && !batch.stops && (
        <Button
          size="compact-sm"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {t("billing.batch_cancel")}
        </Button>
      )}
      {(state === "failed" || state === "cancelled") && (
        <Button
          size="compact-sm"
          variant="default"
          loading={resume.isPending}
          onClick={() => resume.mutate()}
        >
          {t("billing.batch_resume")}
        </Button>
      )}
      {state === "done" && (
        <Button
          size="compact-sm"
          variant="default"
          component="a"
          href={batchFile(batch.id)}
          leftSection={<Download size={14} />}
        >
          {t("billing.batch_download", { size: formatSize(batch.size ?? 0) })}
        </Button>
      )}
      {going && (
        <Progress
          className={classes.bar}
          value={total ? (done / total) * 100 : 0}
          animated
          aria-label={title}
        />
      )}
      {batch.problem && <p className={classes.lateText}>{batch.problem}</p>}
    </li>
  );
}
