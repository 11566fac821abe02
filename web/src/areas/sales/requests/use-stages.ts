/** The way of an opportunity: its stages with what each asks, how long it stood in each, and ticks on checklists. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { CheckedItems, RecordQuery, RecordRow, Reference, StageGates } from "@/api/types";
import { queryRecords, recordKeys, runAction } from "@/lib/records";
import { workspaceRequest } from "@/lib/workspace";

const MOST = 100;

const gatesKey = (opportunity: string) => [...recordKeys.of("opportunity"), "gates", opportunity] as const;

export function useStageGates(opportunity: string) {
  return useQuery({
    queryKey: gatesKey(opportunity),
    queryFn: ({ signal }) => workspaceRequest<StageGates>(`/opportunities/${opportunity}/gates`, { signal }),
  });
}

/** Ticks an item of a checklist off, or takes the tick back. */
export function useCheckItem(opportunity: string, stage: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ item, done }: { item: string; done: boolean }) =>
      runAction<CheckedItems>("sales/check-items", { opportunity, stage, items: [item], done }),
    onSettled: () => client.invalidateQueries({ queryKey: gatesKey(opportunity) }),
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
