/** Last step: how the run goes, what came of it, and the way to take it all back. */
import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleAlert, CircleCheckBig, Play, Undo2, UsersRound } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { HandOverReport } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { recordKeys } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import { toastError } from "@/ui/toast";
import { movedOf } from "./check-step";
import shared from "./hand-over.module.css";
import { ProgressCard } from "./progress-card";
import { ReportTable } from "./report-table";
import { BUSY, handOverQuery, resumeHandOver } from "./requests";
import classes from "./run-step.module.css";
import { UndoDialog } from "./undo-dialog";
import { Warnings } from "./warnings";

export function RunStep({ report }: { report: HandOverReport }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const busy = BUSY.has(report.state);

  useEffect(() => {
    if (!busy) client.invalidateQueries({ queryKey: recordKeys.all() });
  }, [busy, client]);

  const resume = useMutation({
    mutationFn: () => resumeHandOver(report.id),
    onSuccess: (next) => client.setQueryData(handOverQuery(report.id).queryKey, next),
    onError: toastError,
  });

  if (busy) {
    const title = t(report.state === "undoing" ? "hand-over.undoing" : "hand-over.running");
    return <ProgressCard report={report} title={title} />;
  }
  const moved = movedOf(report);
  const goesOn = report.change_set !== null && (report.state === "cancelled" || report.state === "failed");
  const { done, total } = report.progress;
  const good = report.state === "done" || report.state === "undone";
  const words = { name: report.member.title, count: moved, shown: formatNumber(moved) };
  return (
    <>
      <section className={classes.result} data-good={good || undefined}>
        {good ? <CircleCheckBig size={24} aria-hidden /> : <CircleAlert size={24} aria-hidden />}
        <div>
          <h2 className={shared.heading}>{t(`hand-over.result_${report.state}`)}</h2>
          <p className={shared.quiet}>
            {report.error?.message ??
              t(report.state === "undone" ? "hand-over.result_undone_text" : "hand-over.result_text", words)}
          </p>
          {goesOn && (
            <p className={shared.quiet}>
              {t("hand-over.goes_on_text", { done: formatNumber(done), total: formatNumber(total) })}
            </p>
          )}
          {report.leave && report.state === "done" && (
            <p className={shared.quiet}>{t("hand-over.has_left", { name: report.member.title })}</p>
          )}
        </div>
      </section>
      <ReportTable report={report} />
      <Warnings report={report} />
      <Group mt="md" gap="xs">
        {goesOn && (
          <Button leftSection={<Play size={16} />} loading={resume.isPending} onClick={() => resume.mutate()}>
            {t("hand-over.resume")}
          </Button>
        )}
        <Button
          variant={goesOn ? "default" : undefined}
          leftSection={<UsersRound size={16} />}
          renderRoot={(props) => (
            <Link to="/w/$ws/settings/members" params={{ ws: currentWorkspace() }} {...props} />
          )}
        >
          {t("hand-over.to_people")}
        </Button>
        {report.change_set && report.state !== "undone" && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<Undo2 size={16} />}
            onClick={() => setAsking(true)}
          >
            {t("hand-over.undo")}
          </Button>
        )}
      </Group>
      {asking && (
        <UndoDialog
          report={report}
          moved={moved}
          onUndone={(next) => client.setQueryData(handOverQuery(report.id).queryKey, next)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
