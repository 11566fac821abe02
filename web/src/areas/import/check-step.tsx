/** Fourth step: a rehearsal that writes nothing, and the chance to put right what it found. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/lib/format";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { CountTiles } from "./count-tiles";
import classes from "./import.module.css";
import type { StepProps } from "./mapping-step";
import { ProblemTable } from "./problem-table";
import { ProgressCard } from "./progress-card";
import { type ImportJob, problemsQuery } from "./requests";
import { ValueFixes } from "./value-fixes";

export function CheckStep({
  object,
  draft,
  onDraft,
  job,
  busy,
  onAgain,
  onRun,
  onBack,
}: StepProps & {
  job: ImportJob;
  busy: boolean;
  onAgain: () => void;
  onRun: () => void;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const checked = job.state === "checked";
  const problems = useQuery({ ...problemsQuery(job.id), enabled: checked && job.counts.error > 0 });
  const good = job.counts.create + job.counts.update;

  if (job.state === "checking") return <ProgressCard job={job} title={t("import.checking")} />;
  return (
    <>
      <CountTiles counts={job.counts} rehearsal />
      {job.counts.error > 0 &&
        (problems.isError ? (
          <ErrorState error={problems.error} onRetry={() => problems.refetch()} />
        ) : problems.data ? (
          <>
            <ValueFixes
              object={object}
              unknown={problems.data.unknown_values}
              draft={draft}
              onDraft={onDraft}
            />
            <ProblemTable rows={problems.data.rows} total={job.counts.error} />
          </>
        ) : (
          <RowsSkeleton rows={4} />
        ))}
      <footer className={classes.foot}>
        <Button variant="default" onClick={onBack}>
          {t("import.back_to_columns")}
        </Button>
        <Button variant="default" onClick={onAgain} loading={busy}>
          {t("import.check_again")}
        </Button>
        <Button onClick={onRun} loading={busy} disabled={!checked || good === 0}>
          {t(job.counts.error > 0 ? "import.run_good" : "import.run", {
            count: good,
            shown: formatNumber(good),
          })}
        </Button>
      </footer>
    </>
  );
}
