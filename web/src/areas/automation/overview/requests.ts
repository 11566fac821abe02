/** Automation as a whole: how it goes, its secrets, the addresses that start flows. */
import { queryOptions } from "@tanstack/react-query";
import type { FlowHooks, FlowMigration, FlowSecretList, FlowStatus, FlowTemplates } from "@/api/types";
import { runAction } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";

const key = (...more: unknown[]) => ["automation", currentWorkspace(), ...more];
export const statusKey = () => key("status");
export const secretsKey = () => key("secrets");
export const hooksKey = () => key("hooks");
export const migrationKey = (flow: string) => key("migration", flow);

const WATCH_MS = 10_000;

export function statusQuery(days: number) {
  return queryOptions({
    queryKey: [...statusKey(), days],
    queryFn: ({ signal }) => workspaceRequest<FlowStatus>("/flows/status", { query: { days }, signal }),
    refetchInterval: WATCH_MS,
  });
}

export function secretsQuery() {
  return queryOptions({
    queryKey: secretsKey(),
    queryFn: ({ signal }) => workspaceRequest<FlowSecretList>("/flows/secrets", { signal }),
    select: ({ secrets }) => secrets,
  });
}

export function hooksQuery() {
  return queryOptions({
    queryKey: hooksKey(),
    queryFn: ({ signal }) => workspaceRequest<FlowHooks>("/flows/hooks", { signal }),
    select: ({ hooks }) => hooks,
  });
}

/** Flows to begin with. */
export function templatesQuery() {
  return queryOptions({
    queryKey: key("templates"),
    queryFn: ({ signal }) => workspaceRequest<FlowTemplates>("/flows/templates", { signal }),
    select: ({ templates }) => templates,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Runs that go on with older versions; of the one named, or of the oldest. */
export function migrationQuery(flow: string, version: number | null) {
  return queryOptions({
    queryKey: [...migrationKey(flow), version],
    queryFn: ({ signal }) =>
      workspaceRequest<FlowMigration>(`/flows/${flow}/migration`, {
        query: { version: version ?? undefined },
        signal,
      }),
  });
}

export const fromTemplate = (template: string) =>
  runAction<{ flow: string }>("flows/from-template", { template });
export const stopAll = () => runAction("flows/stop-all", {});
export const resumeAll = () => runAction("flows/resume-all", {});
export const setLimits = (failure_percent: number, failure_least: number) =>
  runAction("flows/set-limits", { failure_percent, failure_least });
export const setSecret = (name: string, host: string, value: string, note: string | null) =>
  runAction("flows/set-secret", { name, host, value, note });
export const removeSecret = (name: string) => runAction("flows/remove-secret", { name });
export const renewHook = (flow: string, trigger: string) =>
  runAction<{ path: string }>("flows/renew-hook", { flow, trigger });
export const moveRuns = (flow: string, version: number, steps: Record<string, string>) =>
  runAction<{ moved: number; left: number }>("flows/move-runs", { flow, version, steps });
