/** Last step: how the run goes, what came of it, and the way to take it all back. */
import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleAlert, CircleCheckBig, Undo2, UsersRound } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { HandOverReport } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { recordKeys } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import { movedOf } from "./check-step";
import classes from "./hand-over.module.css";
import { ProgressCard } from "./progress-card";
import { ReportTable } from "./report-table";
import { BUSY, handOverQuery } from "./requests";
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

  if (busy) {
    const title = t(report.state === "undoing" ? "hand-over.undoing" : "hand-over.running");
    return <ProgressCard report={report} title={title} />;
  }
  const moved = movedOf(report);
  const good = report.state === "done" || report.state === "undone";
  const words = { name: report.member.title, count: moved, shown: formatNumber(moved) };
  return (
    <>
      <section className={classes.result} data-good={good || undefined}>
        {good ? <CircleCheckBig size={24} aria-hidden /> : <CircleAlert size={24} aria-hidden />}
        <div>
          <h2 className={classes.heading}>{t(`hand-over.result_${report.state}`)}</h2>
          <p className={classes.quiet}>
            {report.error?.message ??
              t(report.state === "undone" ? "hand-over.result_undone_text" : "hand-over.result_text", words)}
          </p>
          {report.leave && report.state === "done" && (
            <p className={classes.quiet}>{t("hand-over.has_left", { name: report.member.title })}</p>
          )}
        </div>
      </section>
      <ReportTable report={report} />
      <Warnings report={report} />
      <Group mt="md" gap="xs">
        <Button
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
