/** Back-tests of a flow and test runs of a draft, as the screens ask for them. */
import { queryOptions } from "@tanstack/react-query";
import type { Backtest, BacktestDetails, Backtests, FlowTried } from "@/api/types";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";
import type { Definition } from "../model";

const key = (...more: unknown[]) => ["automation", currentWorkspace(), "backtests", ...more];
const WATCH_MS = 1_000;

export const backtestsKey = (flow: string) => key("of", flow);
export const isGoingOn = ({ state }: Pick<Backtest, "state">) => state === "waiting" || state === "running";

/** One's own of a flow, the last one first. */
export function backtestsQuery(flow: string) {
  return queryOptions({
    queryKey: backtestsKey(flow),
    queryFn: ({ signal }) => workspaceRequest<Backtests>(`/flows/${flow}/backtests`, { signal }),
    select: ({ backtests }) => backtests,
  });
}

/** One of them, looked at again and again until it has ended. */
export function backtestQuery(id: string) {
  return queryOptions({
    queryKey: key("one", id),
    queryFn: ({ signal }) => workspaceRequest<BacktestDetails>(`/flows/backtests/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isGoingOn(state.data) ? WATCH_MS : false),
  });
}

export const beginBacktest = (flow: string, days: number, definition: Definition) =>
  workspaceRequest<Backtest>(`/flows/${flow}/backtests`, { method: "POST", body: { days, definition } });

export const cancelBacktest = (id: string) =>
  workspaceRequest<Backtest>(`/flows/backtests/${id}/cancel`, { method: "POST" });

export const tryFlow = (flow: string, definition: Definition, record: string | null) =>
  workspaceRequest<FlowTried>(`/flows/${flow}/try`, { method: "POST", body: { definition, record } });
