/** Third step: the same numbers that the run gives, before anything is changed. */
import { Button } from "@mantine/core";
import { ArrowLeft, ArrowRightLeft, LogOut } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HandOverReport } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { Card } from "@/ui/card";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { EmptyState, ErrorState } from "@/ui/states";
import classes from "./hand-over.module.css";
import { ProgressCard } from "./progress-card";
import { ReportTable } from "./report-table";
import { BUSY } from "./requests";
import { Warnings } from "./warnings";

const sumOf = (report: HandOverReport, isGiven: boolean): number =>
  report.parts
    .flatMap((part) => part.to)
    .filter(({ member }) => (member !== null) === isGiven)
    .reduce((sum, { count }) => sum + count, 0);

/** Records that change hands. */
export const movedOf = (report: HandOverReport): number => sumOf(report, true);

export function CheckStep({
  report,
  busy,
  onBack,
  onRun,
}: {
  report: HandOverReport;
  busy: boolean;
  onBack(): void;
  onRun(): Promise<void>;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (BUSY.has(report.state)) return <ProgressCard report={report} title={t("hand-over.checking")} />;
  if (report.state !== "checked") return <NotChecked report={report} onBack={onBack} />;
  const moved = movedOf(report);
  const ended = sumOf(report, false);
  const name = report.member.title;
  return (
    <>
      <Card title={t("hand-over.check_title", { count: moved, shown: formatNumber(moved) })}>
        <ul className={classes.facts}>
          {ended > 0 && <li>{t("hand-over.will_end", { count: ended })}</li>}
          {report.shares > 0 && <li>{t("hand-over.will_shares", { count: report.shares })}</li>}
          {report.kept > 0 && <li>{t("hand-over.will_keep", { name, count: report.kept })}</li>}
          {report.jobs > 0 && <li>{t("hand-over.will_jobs", { count: report.jobs })}</li>}
          {report.approvals > 0 && <li>{t("hand-over.will_approvals", { count: report.approvals })}</li>}
          {report.leave && <li>{t("hand-over.will_leave", { name })}</li>}
          <li>{t("hand-over.nothing_yet")}</li>
        </ul>
      </Card>
      <ReportTable report={report} />
      <Warnings report={report} />
      <div className={classes.foot}>
        <Button variant="default" leftSection={<ArrowLeft size={16} />} onClick={onBack}>
          {t("hand-over.back")}
        </Button>
        <Button
          color={report.leave ? "red" : undefined}
          leftSection={report.leave ? <LogOut size={16} /> : <ArrowRightLeft size={16} />}
          loading={busy}
          onClick={() => (report.leave ? setAsking(true) : onRun())}
        >
          {t(report.leave ? "hand-over.run_and_leave" : "hand-over.run")}
        </Button>
      </div>
      <ConfirmDanger
        opened={asking}
        title={t("hand-over.leave_title", { name })}
        confirmLabel={t("hand-over.run_and_leave")}
        onConfirm={onRun}
        onClose={() => setAsking(false)}
      >
        {t("hand-over.leave_question", { name, count: moved, shown: formatNumber(moved) })}
      </ConfirmDanger>
    </>
  );
}

/** A check that was stopped or went wrong has no numbers to go by. */
function NotChecked({ report, onBack }: { report: HandOverReport; onBack(): void }) {
  const { t } = useTranslation();
  return (
    <>
      {report.error ? (
        <ErrorState error={new Error(report.error.message)} />
      ) : (
        <EmptyState title={t("hand-over.check_stopped")}>{t("hand-over.check_stopped_text")}</EmptyState>
      )}
      <div className={classes.foot}>
        <Button leftSection={<ArrowLeft size={16} />} onClick={onBack}>
          {t("hand-over.back")}
        </Button>
      </div>
    </>
  );
}
