/** What the screens of automation ask, and what they do to flows and runs. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type {
  ApprovalStatistics,
  BpmnRead,
  BpmnText,
  FlowKinds,
  FlowProblem,
  FlowProblems,
  FlowRunDetails,
  FlowRuns,
  FlowVersions,
  Mailboxes,
  RecordRow,
  Reference,
} from "@/api/types";
import { getRecord, queryRecords, recordKeys, runAction } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";
import { canonical, type Definition } from "./model";

const key = (...more: unknown[]) => ["automation", currentWorkspace(), ...more];

export const runsKey = () => key("runs");
export const versionsKey = (flow: string) => key("versions", flow);

/** A flow as its record holds it. */
export interface Flow {
  id: string;
  rev: number;
  name: string;
  description: string | null;
  kind: "rule" | "process" | "approval";
  object: string | null;
  state: "draft" | "active" | "paused";
  definition: unknown;
  run_as: string;
  number: number | null;
  own_effects: boolean;
  owner: Reference | null;
  updated_at: string;
  /** Read with one flow alone. */
  updated_by?: Reference | null;
}

const LISTED = ["name", "description", "kind", "object", "state", "number", "owner", "updated_at"];
const WHOLE = [...LISTED, "definition", "run_as", "own_effects", "updated_by"];
const ALL = { select: LISTED, sort: [{ field: "updated_at", dir: "desc" as const }], limit: 200 };

const flowOf = (row: RecordRow) => row as unknown as Flow;

/** Every flow that the member may see, the one changed last first. */
export function flowsQuery() {
  return queryOptions({
    queryKey: recordKeys.page("flow", ALL),
    queryFn: ({ signal }) => queryRecords("flow", ALL, signal),
    select: ({ rows }) => rows.map(flowOf),
  });
}

/** How decisions at the steps of an approval went in the last days. */
export function statisticsQuery(flow: string, days: number) {
  return queryOptions({
    queryKey: key("statistics", flow, days),
    queryFn: ({ signal }) =>
      workspaceRequest<ApprovalStatistics>(`/flows/${flow}/approvals`, { query: { days }, signal }),
    staleTime: 0,
  });
}

export function flowQuery(id: string) {
  return queryOptions({
    queryKey: recordKeys.record("flow", id),
    queryFn: ({ signal }) => getRecord("flow", id, WHOLE, signal),
    select: flowOf,
  });
}

const SHARED = {
  select: ["name", "object"],
  where: { field: "scope", op: "eq" as const, value: "shared" },
  limit: 200,
};

/** The shared views of all objects, as triggers name them. */
export function sharedViewsQuery() {
  return queryOptions({
    queryKey: recordKeys.page("view", SHARED),
    queryFn: ({ signal }) => queryRecords("view", SHARED, signal),
    select: ({ rows }) => rows as unknown as { id: string; name: string; object: string }[],
  });
}

const SKILLS = { select: ["name"], sort: [{ field: "name", dir: "asc" as const }], limit: 200 };

/** The names of the skills that members may have. */
export function skillsQuery() {
  return queryOptions({
    queryKey: recordKeys.page("skill", SKILLS),
    queryFn: ({ signal }) => queryRecords("skill", SKILLS, signal),
    select: ({ rows }) => rows.map(({ name }) => String(name)),
  });
}

/** The mailboxes that messages come from. */
export function mailboxNamesQuery() {
  return queryOptions({
    queryKey: ["mailboxes", currentWorkspace()],
    queryFn: ({ signal }) => workspaceRequest<Mailboxes>("/mailboxes", { signal }),
    select: ({ mailboxes }: Mailboxes) => mailboxes.map(({ id, name }) => ({ id, name })),
  });
}

/** Kinds of triggers and steps. */
export function paletteQuery() {
  return queryOptions({
    queryKey: key("kinds"),
    queryFn: ({ signal }) => workspaceRequest<FlowKinds>("/flows/kinds", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What is wrong with a definition. */
export function checkQuery(definition: Definition) {
  return queryOptions({
    queryKey: key("check", canonical(definition)),
    queryFn: async ({ signal }): Promise<FlowProblem[]> =>
      (
        await workspaceRequest<FlowProblems>("/flows/check", {
          method: "POST",
          body: { definition },
          signal,
        })
      ).problems,
    gcTime: 60_000,
  });
}

export function versionsQuery(flow: string) {
  return queryOptions({
    queryKey: versionsKey(flow),
    queryFn: ({ signal }) => workspaceRequest<FlowVersions>(`/flows/${flow}/versions`, { signal }),
    select: ({ versions }) => versions,
  });
}

/** Which runs are wanted. */
export interface WantedRuns {
  flow?: string;
  state?: string;
  record?: string;
  /** Those that began so many days ago at most. */
  days?: number;
}

const PAGE = 50;
/** Runs go on by themselves; their screens look again so often. */
const WATCH_MS = 5_000;

const DAY_MS = 86_400_000;

/** When so many days ago was; today counts from its beginning. */
function sinceOf(days: number | undefined): string | undefined {
  if (!days) return undefined;
  const today = new Date();
  today.setHours(0, 0, 0, 0);
  return new Date(today.getTime() - (days - 1) * DAY_MS).toISOString();
}

export function runsQuery(wanted: WantedRuns) {
  const { days, ...asked } = wanted;
  return infiniteQueryOptions({
    queryKey: [...runsKey(), wanted],
    queryFn: ({ pageParam, signal }) =>
      workspaceRequest<FlowRuns>("/flows/runs", {
        query: { ...asked, since: sinceOf(days), cursor: pageParam, limit: PAGE },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: WATCH_MS,
  });
}

const RECENT = 200;

/** The latest runs of all flows, for what the list of flows tells of each. */
export function recentRunsQuery() {
  return queryOptions({
    queryKey: [...runsKey(), "recent"],
    queryFn: ({ signal }) => workspaceRequest<FlowRuns>("/flows/runs", { query: { limit: RECENT }, signal }),
    select: ({ runs }) => runs,
  });
}

const GOING_ON = new Set(["running", "waiting"]);

export function runQuery(id: string) {
  return queryOptions({
    queryKey: [...runsKey(), "one", id],
    queryFn: ({ signal }) => workspaceRequest<FlowRunDetails>(`/flows/runs/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && GOING_ON.has(state.data.state) ? WATCH_MS : false),
  });
}

/** Publishes the draft of a revision; refused where it is not the last one any more. */
export const publishFlow = (flow: string, rev: number, note: string | null) =>
  runAction<{ flow: string; version: number }>("flows/publish", { flow, rev, note });

export const retryRuns = (runs: string[]) => runAction<{ runs: number }>("flows/retry-run", { runs });
export const cancelRuns = (runs: string[]) => runAction<{ runs: number }>("flows/cancel-runs", { runs });
export const retryStep = (run: string, token: number) =>
  runAction<{ runs: number }>("flows/retry-step", { run, token });
export const editData = (run: string, data: unknown, token: number | null) =>
  runAction<{ runs: number }>("flows/edit-data", { run, data, token });
export const skipStep = (run: string, token: number, port: string) =>
  runAction<{ runs: number }>("flows/skip-step", { run, token, port });

export const writeBpmn = (definition: Definition, title: string) =>
  workspaceRequest<BpmnText>("/flows/bpmn/write", { method: "POST", body: { definition, title } });
export const readBpmn = (xml: string) =>
  workspaceRequest<BpmnRead>("/flows/bpmn/read", { method: "POST", body: { xml } });
