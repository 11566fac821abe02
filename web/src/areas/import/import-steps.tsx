/** One import on its way: keeps what is being decided and shows the step at hand. */

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { WantedReading } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError } from "@/ui/toast";
import { CheckStep } from "./check-step";
import { FileStep } from "./file-step";
import { type Draft, draftOf, settingsOf } from "./mapping";
import { MappingStep } from "./mapping-step";
import { importQuery, importVerb, previewQuery, type ShownImport, saveMapping } from "./requests";
import { RuleStep } from "./rule-step";
import { RunStep } from "./run-step";

export function ImportSteps({
  job,
  step,
  onStep,
}: {
  job: ShownImport;
  step: number;
  onStep: (step: number) => void;
}) {
  const client = useQueryClient();
  const object = findObject(useCatalog(), job.object);
  const [reading, setReading] = useState<WantedReading>(job.settings ? job.reading : {});
  const [draft, setDraft] = useState<Draft | null>(null);
  /** What the last rehearsal went by. */
  const [checked, setChecked] = useState<Draft | null>(null);
  const [busy, setBusy] = useState(false);
  const preview = useQuery({
    ...previewQuery(job.id, reading),
    placeholderData: keepPreviousData,
    enabled: step < 4,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a saved mapping counts once, when the page opens
  useEffect(() => {
    if (preview.data && !preview.isPlaceholderData) {
      const next = draftOf(preview.data, draft === null ? job.settings : null);
      setDraft(next);
      setChecked(next);
    }
  }, [preview.data, preview.isPlaceholderData]);

  /** Sends what was decided, then starts the job that it asks for. */
  const start = async (verb: "dry-run" | "run", decided: Draft | null) => {
    setBusy(true);
    try {
      if (decided) await saveMapping(job.id, settingsOf(decided), reading);
      client.setQueryData(importQuery(job.id).queryKey, await importVerb(job.id, verb));
      setChecked(decided ?? checked);
      onStep(verb === "run" ? 4 : 3);
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };

  if (step === 4) return <RunStep job={job} />;
  if (preview.isError)
    return <FileStep preview={undefined} error={preview.error} reading={reading} onReading={setReading} />;
  if (!object) return <ErrorState error={null} />;
  if (!preview.data || !draft) return <RowsSkeleton />;
  if (step === 0) {
    return (
      <FileStep
        preview={preview.data}
        job={job}
        reading={reading}
        busy={preview.isFetching}
        onReading={setReading}
        onNext={() => onStep(1)}
      />
    );
  }
  const shared = { object, preview: preview.data, draft, onDraft: setDraft };
  if (step === 1) return <MappingStep {...shared} onNext={() => onStep(2)} onBack={() => onStep(0)} />;
  if (step === 2) {
    return (
      <RuleStep {...shared} busy={busy} onNext={() => start("dry-run", draft)} onBack={() => onStep(1)} />
    );
  }
  return (
    <CheckStep
      {...shared}
      job={job}
      changed={draft !== checked}
      busy={busy}
      onAgain={() => start("dry-run", draft)}
      onRun={() => start("run", null)}
      onBack={() => onStep(1)}
    />
  );
}
