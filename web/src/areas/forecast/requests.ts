/** What the screens of targets and forecasts read and do. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  ForecastAdjusted,
  ForecastErrors,
  ForecastPage,
  ForecastWaterfall,
  ProposedTargets,
  TargetsPage,
  TargetsSet,
} from "@/api/types";
import { recordKeys, runAction } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";

const keys = () => ["forecast", currentWorkspace()] as const;

export type Unit = "month" | "quarter" | "year";
export type Measure = "won_amount" | "won_count" | "received_amount";

/** Which period and whose; without a node the reader's own place. */
export interface Asked {
  period: Unit;
  day?: string;
  department?: string;
  person?: string;
  company?: "1";
}

/** A node of the tree, as verbs are told it; the company has neither. */
export interface Place {
  person?: string | null;
  department?: string | null;
}

export interface Goal extends Place {
  goal: string | null;
}

export interface Scope {
  period: Unit;
  day: string;
  measure: Measure;
  product: string | null;
  category: string | null;
}

export const placeOf = ({ kind, id }: { kind: string; id: string | null }): Place => ({
  person: kind === "person" ? id : null,
  department: kind === "department" ? id : null,
});

export function forecastQuery(asked: Asked) {
  return queryOptions({
    queryKey: [...keys(), "page", asked],
    queryFn: ({ signal }) => workspaceRequest<ForecastPage>("/forecast", { query: { ...asked }, signal }),
  });
}

export function waterfallQuery(asked: Asked, since?: string, until?: string) {
  return queryOptions({
    queryKey: [...keys(), "waterfall", asked, since, until],
    queryFn: ({ signal }) =>
      workspaceRequest<ForecastWaterfall>("/forecast/waterfall", {
        query: { ...asked, since, until },
        signal,
      }),
  });
}

export function errorsQuery(asked: Asked) {
  return queryOptions({
    queryKey: [...keys(), "errors", asked],
    queryFn: ({ signal }) =>
      workspaceRequest<ForecastErrors>("/forecast/errors", { query: { ...asked }, signal }),
  });
}

export function targetsQuery(asked: Asked, measure: Measure, product?: string, category?: string) {
  return queryOptions({
    queryKey: [...keys(), "targets", asked, measure, product, category],
    queryFn: ({ signal }) =>
      workspaceRequest<TargetsPage>("/targets", { query: { ...asked, measure, product, category }, signal }),
  });
}

export const adjustForecast = (
  place: Place,
  period: Unit,
  day: string,
  amount: string | null,
  reason: string,
) => runAction<ForecastAdjusted>("forecast/adjust-forecast", { ...place, period, day, amount, reason });

export const setTargets = (scope: Scope, items: Goal[]) =>
  runAction<TargetsSet>("forecast/set-targets", { ...scope, items });

export const proposeTargets = (
  scope: Scope,
  department: string | null,
  method: "equal" | "last_period",
  total: string | null,
) =>
  runAction<ProposedTargets>("forecast/propose-targets", { ...scope, department, method, total }).then(
    ({ result }) => result,
  );

export async function forecastChanged(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: keys() }),
    ...["sales_target", "forecast_adjustment"].map((object) =>
      client.invalidateQueries({ queryKey: recordKeys.of(object) }),
    ),
  ]);
}
