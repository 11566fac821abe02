/** Last step: the run and what came of it; the refused rows as a file, and the whole import taken back. */

import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleAlert, CircleCheckBig, Download, Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { formatNumber } from "@/lib/format";
import { label } from "@/lib/label";
import { recordKeys } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import { toastError } from "@/ui/toast";
import { CountTiles } from "./count-tiles";
import classes from "./import.module.css";
import { ProgressCard } from "./progress-card";
import { BUSY, errorsFileUrl, importQuery, importVerb, type ShownImport } from "./requests";
import { UndoDialog } from "./undo-dialog";

export function RunStep({ job }: { job: ShownImport }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const ws = currentWorkspace();
  const object = findObject(useCatalog(), job.object);
  const [asking, setAsking] = useState(false);
  const busy = BUSY.has(job.state);
  const written = job.counts.create + job.counts.update;
  const keep = (next: ImportJob) => client.setQueryData(importQuery(job.id).queryKey, next);
  const goOn = useMutation({
    mutationFn: () => importVerb(job.id, "run"),
    onSuccess: keep,
    onError: toastError,
  });

  useEffect(() => {
    if (!busy) client.invalidateQueries({ queryKey: recordKeys.all() });
  }, [busy, client]);

  if (busy) {
    return (
      <ProgressCard job={job} title={t(job.state === "undoing" ? "import.undoing" : "import.running")} />
    );
  }
  const good = job.state === "done";
  return (
    <>
      <section className={classes.result} data-good={good || undefined}>
        {good ? <CircleCheckBig size={24} aria-hidden /> : <CircleAlert size={24} aria-hidden />}
        <div>
          <h2 className={classes.heading}>{t(`import.result_${job.state}`)}</h2>
          <p className={classes.quiet}>
            {job.error?.message ?? t("import.result_text", { count: written, shown: formatNumber(written) })}
          </p>
        </div>
      </section>
      <CountTiles counts={job.counts} />
      {(job.counts.unlinked ?? 0) > 0 && (
        <p className={classes.warning}>{t("import.unlinked", { count: job.counts.unlinked })}</p>
      )}
      <Group mt="md" gap="xs">
        {object && written > 0 && (
          <Button
            renderRoot={(props) =>
              job.object === "member" || job.object === "department" ? (
                <Link to={`/w/$ws/settings/${job.object}s`} params={{ ws }} {...props} />
              ) : (
                <Link to="/w/$ws/o/$object" params={{ ws, object: job.object }} {...props} />
              )
            }
          >
            {t("import.open_list", { object: label(object.plural) })}
          </Button>
        )}
        {job.counts.error > 0 && (
          <Button
            component="a"
            href={errorsFileUrl(job.id)}
            download
            variant="default"
            leftSection={<Download size={16} />}
          >
            {t("import.errors_file")}
          </Button>
        )}
        {job.state === "failed" && (
          <Button loading={goOn.isPending} onClick={() => goOn.mutate()}>
            {t("import.go_on")}
          </Button>
        )}
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/w/$ws/import" params={{ ws }} search={{}} {...props} />}
        >
          {t("import.another")}
        </Button>
        {job.change_set && job.state !== "undone" && written > 0 && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<Undo2 size={16} />}
            onClick={() => setAsking(true)}
          >
            {t("import.undo")}
          </Button>
        )}
      </Group>
      {asking && <UndoDialog job={job} written={written} onUndone={keep} onClose={() => setAsking(false)} />}
    </>
  );
}
