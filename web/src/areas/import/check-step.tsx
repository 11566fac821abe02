/** Fourth step: a rehearsal that writes nothing, and the chance to put right what it found. */

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/lib/format";
import { FormProblem } from "@/ui/form-problem";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { CountTiles } from "./count-tiles";
import classes from "./import.module.css";
import type { StepProps } from "./mapping-step";
import { ProblemTable } from "./problem-table";
import { ProgressCard } from "./progress-card";
import { refusedQuery, type ShownImport } from "./requests";
import { unknownValues } from "./unknown-values";
import { ValueFixes } from "./value-fixes";

export function CheckStep({
  object,
  draft,
  onDraft,
  job,
  changed,
  busy,
  onAgain,
  onRun,
  onBack,
}: StepProps & {
  job: ShownImport;
  /** Whether something was decided anew since the rehearsal. */
  changed: boolean;
  busy: boolean;
  onAgain: () => void;
  onRun: () => void;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const checked = job.state === "checked";
  const refused = useQuery({ ...refusedQuery(job.id), enabled: checked && job.counts.error > 0 });
  const good = job.counts.create + job.counts.update;

  if (job.state === "checking") return <ProgressCard job={job} title={t("import.checking")} />;
  return (
    <>
      <CountTiles counts={job.counts} rehearsal />
      <FormProblem text={job.error?.message ?? null} />
      {job.counts.error > 0 && (
        <>
          <ValueFixes
            object={object}
            unknown={unknownValues(job.errors ?? [])}
            draft={draft}
            onDraft={onDraft}
          />
          {refused.isError ? (
            <ErrorState error={refused.error} onRetry={() => refused.refetch()} />
          ) : refused.data ? (
            <ProblemTable columns={job.columns} rows={refused.data.rows} total={job.counts.error} />
          ) : (
            <RowsSkeleton rows={4} />
          )}
        </>
      )}
      <footer className={classes.foot}>
        <Button variant="default" onClick={onBack}>
          {t("import.back_to_columns")}
        </Button>
        <Button variant={changed ? "filled" : "default"} onClick={onAgain} loading={busy}>
          {t("import.check_again")}
        </Button>
        <Button onClick={onRun} loading={busy} disabled={!checked || changed || good === 0}>
          {t(job.counts.error > 0 ? "import.run_good" : "import.run", {
            count: good,
            shown: formatNumber(good),
          })}
        </Button>
      </footer>
    </>
  );
}
