/** Requests of handing over: what somebody holds, the check, the run and its progress, the undo. */
import { queryOptions } from "@tanstack/react-query";
import type { HandOverReport, HandOvers, HandOverUndo, Holdings } from "@/api/types";
import { runAction } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";
import type { HandOverParams } from "./draft";

type State = HandOverReport["state"];

/** States in which the server is at work. */
export const BUSY: ReadonlySet<State> = new Set<State>(["checking", "running", "undoing"]);

const handOverKeys = {
  all: () => ["hand-overs", currentWorkspace()] as const,
  holdings: (member: string) => [...handOverKeys.all(), "holdings", member] as const,
  of: (member: string) => [...handOverKeys.all(), "of", member] as const,
  one: (id: string) => [...handOverKeys.all(), "one", id] as const,
};

export function holdingsQuery(member: string) {
  return queryOptions({
    queryKey: handOverKeys.holdings(member),
    queryFn: ({ signal }) => workspaceRequest<Holdings>(`/members/${member}/holdings`, { signal }),
    staleTime: 0,
  });
}

export function handOversQuery(member: string) {
  return queryOptions({
    queryKey: handOverKeys.of(member),
    queryFn: ({ signal }) => workspaceRequest<HandOvers>("/hand-overs", { query: { member }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.hand_overs.some((one) => BUSY.has(one.state)) ? 1_500 : false,
  });
}

/** One hand-over, asked for again while the server is at work. */
export function handOverQuery(id: string) {
  return queryOptions({
    queryKey: handOverKeys.one(id),
    queryFn: ({ signal }) => workspaceRequest<HandOverReport>(`/hand-overs/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && BUSY.has(state.data.state) ? 700 : false),
  });
}

export async function startHandOver(verb: "check" | "run", params: HandOverParams): Promise<HandOverReport> {
  return (await runAction<HandOverReport>(`hand-over/${verb}`, { ...params })).result;
}

export async function cancelHandOver(id: string): Promise<HandOverReport> {
  return (await runAction<HandOverReport>("hand-over/cancel", { hand_over: id })).result;
}

/** Goes on with one that was stopped or interrupted. */
export async function resumeHandOver(id: string): Promise<HandOverReport> {
  return (await runAction<HandOverReport>("hand-over/resume", { hand_over: id })).result;
}

/** Gives everything back; ApiError 409 "records.undo_conflicts" when records were changed since. */
export async function undoHandOver(id: string, skipConflicts: boolean): Promise<HandOverUndo> {
  const params = { hand_over: id, skip_conflicts: skipConflicts };
  return (await runAction<HandOverUndo>("hand-over/undo", params)).result;
}
