/** A job at work: how far it is, and the way to stop it. */

import { Button, Progress } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { toastError } from "@/ui/toast";
import classes from "./import.module.css";
import { importQuery, importVerb } from "./requests";

export function ProgressCard({ job, title }: { job: ImportJob; title: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { done, total } = job.progress;
  const cancel = useMutation({
    mutationFn: () => importVerb(job.id, "cancel"),
    onSuccess: (next) => client.setQueryData(importQuery(job.id).queryKey, next),
    onError: toastError,
  });
  return (
    <section className={classes.card} aria-live="polite">
      <h2 className={classes.heading}>{title}</h2>
      <p className={classes.quiet}>
        {job.state === "undoing" && done === 0
          ? t("ui.undo_checking", { total: formatNumber(total) })
          : t("import.progress", { done: formatNumber(done), total: formatNumber(total) })}
      </p>
      <Progress value={total > 0 ? (done / total) * 100 : 0} animated my="md" aria-label={title} />
      {job.state !== "undoing" && (
        <Button
          variant="default"
          loading={cancel.isPending || cancel.isSuccess}
          onClick={() => cancel.mutate()}
        >
          {t("import.cancel")}
        </Button>
      )}
      <p className={classes.hint}>{t("import.may_leave")}</p>
    </section>
  );
}
