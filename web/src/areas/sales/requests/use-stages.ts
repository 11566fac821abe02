/** The stages of a pipeline in their order, and how long an opportunity stood in each. */
import { useQuery } from "@tanstack/react-query";
import type { Hue, RecordQuery, RecordRow, Reference } from "@/api/types";
import { queryRecords, recordKeys } from "@/lib/records";

export interface Stage {
  id: string;
  name: string;
  category: "open" | "won" | "lost";
  hue: Hue;
  requiresLossReason: boolean;
}

const MOST = 100;

function stageOf(row: RecordRow): Stage {
  return {
    id: row.id,
    name: String(row.name ?? ""),
    category: (row.category as Stage["category"] | null) ?? "open",
    hue: (row.color as Hue | null) ?? "blue",
    requiresLossReason: row.requires_loss_reason === true,
  };
}

export function useStages(pipeline: Reference | null | undefined) {
  const query: RecordQuery = {
    where: { field: "pipeline", op: "eq", value: pipeline?.id },
    sort: [{ field: "position", dir: "asc" }],
    limit: MOST,
  };
  return useQuery({
    queryKey: recordKeys.page("stage", query),
    queryFn: ({ signal }) => queryRecords("stage", query, signal),
    enabled: Boolean(pipeline?.id),
    select: (page) => page.rows.map(stageOf),
  });
}

/** Days by stage id, of stages that were left. */
export function useDaysInStages(opportunity: string) {
  const query: RecordQuery = {
    select: ["from_stage", "days"],
    where: { field: "opportunity", op: "eq", value: opportunity },
    limit: MOST,
  };
  return useQuery({
    queryKey: recordKeys.page("stage_change", query),
    queryFn: ({ signal }) => queryRecords("stage_change", query, signal),
    select: (page) => sumDays(page.rows),
  });
}

function sumDays(rows: readonly RecordRow[]): Map<string, number> {
  const days = new Map<string, number>();
  for (const row of rows) {
    const stage = row.from_stage as Reference | null;
    if (stage) days.set(stage.id, (days.get(stage.id) ?? 0) + Number(row.days ?? 0));
  }
  return days;
}
