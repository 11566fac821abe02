/** The sales processes of the workspace: pipelines, their stages in order, and the one that new opportunities take. */
import { Button, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOpens } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { Writable } from "@/ui/writable";
import { ModelCard } from "../probability/model-card";
import { PipelineCard } from "./pipeline-card";
import { PipelineDialog } from "./pipeline-dialog";
import { moved, pipelinesQuery, stagesQuery, usageQuery } from "./pipelines";
import { useReorder } from "./use-reorder";

export function PipelinesPage() {
  const { t } = useTranslation();
  const allowed = useOpens("configure");
  usePageTitle(t("pipelines.title"));
  if (allowed)
    return (
      <Writable>
        <Pipelines />
      </Writable>
    );
  return (
    <Page header={<PageHeader title={t("pipelines.title")} />}>
      <EmptyState kind="forbidden" title={t("pipelines.forbidden")}>
        {t("pipelines.forbidden_text")}
      </EmptyState>
    </Page>
  );
}

function Pipelines() {
  const { t } = useTranslation();
  const pipelines = useQuery(pipelinesQuery());
  const stages = useQuery(stagesQuery());
  const usage = useQuery(usageQuery());
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState("");
  const reorder = useReorder("pipeline", pipelinesQuery().queryKey);
  const failed = pipelines.isError ? pipelines : stages.isError ? stages : null;
  const list = pipelines.data ?? [];
  const known = stages.data ?? [];

  const move = async (id: string, to: number) => {
    const next = moved(list, id, to);
    const name = list.find((one) => one.id === id)?.name;
    if (await reorder(next))
      setSaid(
        t("pipelines.now_at", { name, place: next.findIndex((p) => p.id === id) + 1, of: next.length }),
      );
  };

  return (
    <Page
      width={860}
      header={
        <PageHeader
          title={t("pipelines.title")}
          actions={
            <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
              {t("pipelines.add")}
            </Button>
          }
        />
      }
    >
      <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>
      {failed ? (
        <ErrorState error={failed.error} onRetry={() => failed.refetch()} />
      ) : pipelines.isPending || stages.isPending ? (
        <RowsSkeleton rows={8} height={44} />
      ) : list.length === 0 ? (
        <EmptyState title={t("pipelines.none")}>{t("pipelines.none_text")}</EmptyState>
      ) : (
        list.map((pipeline, at) => (
          <PipelineCard
            key={pipeline.id}
            pipeline={pipeline}
            stages={known.filter((stage) => stage.pipeline.id === pipeline.id)}
            all={{ pipelines: list, stages: known }}
            usage={usage.data}
            at={at}
            onMove={(to) => move(pipeline.id, to)}
            onSaid={setSaid}
          />
        ))
      )}
      <ModelCard />
      {adding && (
        <PipelineDialog pipelines={list} stages={known} onClose={() => setAdding(false)} onSaid={setSaid} />
      )}
    </Page>
  );
}
