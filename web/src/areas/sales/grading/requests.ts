/** What the screens of grading read and do. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  Filter,
  ForeseenGrades,
  GradingState,
  LeadGrade,
  RecordRow,
  ThoughtOfGrading,
  ThoughtOfModel,
} from "@/api/types";
import { queryRecords, recordKeys } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";

export const MODEL = "grading_model";
export const RULE = "grading_rule";
const MOST = 200;
const WATCHED = 1500;

export interface GradingModel extends RecordRow, ThoughtOfModel {
  name: string;
  active: boolean;
}

export interface GradingRule extends RecordRow {
  name: string;
  axis: "fit" | "engagement";
  event: string | null;
  where: Filter | null;
  points: number;
  half_life_days: number | null;
  at_most: number | null;
  position: number | null;
  active: boolean;
}

const gradingKey = () => ["grading", currentWorkspace()] as const;

/** How far the leads are graded anew is looked at while they are. */
export function gradingQuery() {
  return queryOptions({
    queryKey: gradingKey(),
    queryFn: ({ signal }) => workspaceRequest<GradingState>("/grading", { signal }),
    refetchInterval: ({ state }) =>
      state.data?.progress && !state.data.progress.finished_at ? WATCHED : false,
  });
}

export function modelsQuery() {
  return queryOptions({
    queryKey: [...recordKeys.of(MODEL), "settings"],
    queryFn: async ({ signal }) =>
      (await queryRecords(MODEL, { sort: [{ field: "active", dir: "desc" }], limit: MOST }, signal))
        .rows as GradingModel[],
  });
}

export function rulesQuery(model: string) {
  return queryOptions({
    queryKey: [...recordKeys.of(RULE), "settings", model],
    queryFn: async ({ signal }) =>
      (
        await queryRecords(
          RULE,
          {
            where: { field: "model", op: "eq", value: model },
            sort: [{ field: "position", dir: "asc" }],
            limit: MOST,
          },
          signal,
        )
      ).rows as GradingRule[],
  });
}

export function leadGradeQuery(id: string) {
  return queryOptions({
    queryKey: [...recordKeys.record("lead", id), "grade"],
    queryFn: ({ signal }) => workspaceRequest<LeadGrade>(`/leads/${id}/grade`, { signal }),
  });
}

export const foreseeGrades = (thought: ThoughtOfGrading) =>
  workspaceRequest<ForeseenGrades>("/grading/preview", { method: "POST", body: thought });

/** All leads are graded anew by whatever was changed. */
export async function gradingChanged(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: recordKeys.of(MODEL) }),
    client.invalidateQueries({ queryKey: recordKeys.of(RULE) }),
    client.invalidateQueries({ queryKey: gradingKey() }),
  ]);
}

/** A rule as the preview takes it. */
export const thought = (rule: Partial<GradingRule>): ThoughtOfGrading["rules"][number] => ({
  id: rule.id ?? null,
  name: rule.name ?? "",
  axis: rule.axis ?? "fit",
  points: Number(rule.points ?? 0),
  event: rule.event || null,
  where: rule.where ?? null,
  half_life_days: rule.half_life_days ?? null,
  at_most: rule.at_most ?? null,
});
