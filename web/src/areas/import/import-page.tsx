/** The import wizard: file, columns, rule, rehearsal, result. The address holds the import, so it survives a reload. */

import { Stepper } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportState } from "@/api/types";
import { usePageTitle } from "@/lib/use-page-title";
import { Page, PageHeader } from "@/ui/page";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { ImportSteps } from "./import-steps";
import { importQuery } from "./requests";
import { UploadStep } from "./upload-step";

const route = getRouteApi("/w/$ws/import");
const STEPS = ["file", "columns", "rule", "check", "run"] as const;

/** The step at which an import found in this state goes on. */
export function stepOf(state: ImportState): number {
  if (state === "uploaded") return 0;
  if (state === "mapped") return 1;
  return state === "checking" || state === "checked" ? 3 : 4;
}

export function ImportPage() {
  const { t } = useTranslation();
  const { id } = route.useSearch();
  usePageTitle(t("import.title"));
  return id ? <RunningImport key={id} id={id} /> : <Frame step={0}>{<UploadStep />}</Frame>;
}

function RunningImport({ id }: { id: string }) {
  const job = useQuery(importQuery(id));
  const [chosen, setStep] = useState<number | null>(null);
  if (job.isError) {
    return (
      <Frame step={0}>
        <ErrorState error={job.error} onRetry={() => job.refetch()} />
      </Frame>
    );
  }
  if (!job.data) {
    return (
      <Frame step={0}>
        <RowsSkeleton />
      </Frame>
    );
  }
  const step = chosen ?? stepOf(job.data.state);
  const open = stepOf(job.data.state) < 4;
  return (
    <Frame step={step} onStep={open ? setStep : undefined}>
      <ImportSteps job={job.data} step={step} onStep={setStep} />
    </Frame>
  );
}

function Frame({
  step,
  onStep,
  children,
}: {
  step: number;
  /** Called with an earlier step the person goes back to. */
  onStep?: (step: number) => void;
  children: React.ReactNode;
}) {
  const { t } = useTranslation();
  const narrow = useMediaQuery("(max-width: 62em)");
  return (
    <Page header={<PageHeader title={t("import.title")} />} width={1080}>
      <Stepper
        active={step}
        onStepClick={onStep}
        size="xs"
        iconSize={28}
        mb="lg"
        wrap={false}
        allowNextStepsSelect={false}
      >
        {STEPS.map((name, place) => (
          <Stepper.Step
            key={name}
            label={narrow && place !== step ? undefined : t(`import.step_${name}`)}
            aria-label={t(`import.step_${name}`)}
            allowStepSelect={onStep !== undefined && place < step}
          />
        ))}
      </Stepper>
      {children}
    </Page>
  );
}
