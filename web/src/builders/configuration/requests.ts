/** Requests about configuration as files and about sandboxes. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  AppliedConfigurations,
  ConfigurationApplied,
  ConfigurationComparison,
  Sandboxes,
  SandboxState,
} from "@/api/types";
import { refreshCatalog } from "@/lib/catalog";
import { recordKeys, runAction } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";
import type { Difference } from "./model";

const key = (...more: unknown[]) => ["configuration", currentWorkspace(), ...more];
const WATCH_MS = 1_000;

/** Where a configuration is: an archive that was chosen, or another workspace. `id` is another one for each choice. */
export interface Source {
  id: string;
  name: string;
  given: { archive: string } | { workspace: string };
}

export type Comparison = Omit<ConfigurationComparison, "differences"> & { differences: Difference[] };
export type Applied = Omit<ConfigurationApplied, "differences"> & { differences: Difference[] };
export type Sandbox = Omit<SandboxState, "state" | "data"> & {
  state: "waiting" | "copying" | "ready" | "failed" | "cancelled";
  data: "none" | "masked" | "all";
};

export const isBeingMade = ({ state }: Sandbox) => state === "waiting" || state === "copying";

export function comparisonQuery(source: Source) {
  return queryOptions({
    queryKey: key("comparison", source.id),
    queryFn: ({ signal }) =>
      workspaceRequest<Comparison>("/configuration/compare", { method: "POST", body: source.given, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
}

export function appliedQuery() {
  return queryOptions({
    queryKey: key("applied"),
    queryFn: ({ signal }) => workspaceRequest<AppliedConfigurations>("/configuration/applied", { signal }),
    refetchInterval: ({ state }) => (state.data?.steps.waiting ? WATCH_MS : false),
  });
}

type AllSandboxes = Omit<Sandboxes, "sandboxes"> & { sandboxes: Sandbox[] };

/** The sandboxes; asked for again and again while one is being made. */
export function sandboxesQuery() {
  return queryOptions({
    queryKey: key("sandboxes"),
    queryFn: ({ signal }) => workspaceRequest<AllSandboxes>("/sandboxes", { signal }),
    refetchInterval: ({ state }) => (state.data?.sandboxes.some(isBeingMade) ? WATCH_MS : false),
    retry: false,
  });
}

interface Wanted {
  source: Source;
  selected: string[];
  expected: string;
}

/** What applying would do. */
export async function plan({ source, selected, expected }: Wanted): Promise<Applied> {
  const params = { ...source.given, selected, expected, preview: true };
  return (await runAction<Applied>("configuration/apply", params)).result;
}

/** Applies what was planned; everything on the screen that follows from the configuration is asked for again. */
export async function apply(client: QueryClient, { source, selected, expected }: Wanted): Promise<Applied> {
  const params = { ...source.given, selected, expected, confirm: true };
  const { result } = await runAction<Applied>("configuration/apply", params);
  await refresh(client);
  return result;
}

export async function rollBack(client: QueryClient, id: string): Promise<void> {
  await runAction("configuration/roll-back", { id });
  await refresh(client);
}

async function refresh(client: QueryClient): Promise<void> {
  await Promise.all([
    refreshCatalog(client),
    client.invalidateQueries({ queryKey: recordKeys.all() }),
    client.invalidateQueries({ queryKey: key("applied") }),
  ]);
}

export interface NewSandbox {
  name: string;
  slug: string;
  data: Sandbox["data"];
}

export async function createSandbox(client: QueryClient, wanted: NewSandbox): Promise<void> {
  await runAction("sandboxes/create-sandbox", { ...wanted });
  await client.invalidateQueries({ queryKey: key("sandboxes") });
}

export async function sandboxVerb(
  client: QueryClient,
  verb: "cancel" | "retry" | "delete",
  sandbox: Sandbox,
): Promise<void> {
  await runAction(`sandboxes/${verb}-sandbox`, { sandbox: sandbox.id });
  await Promise.all([
    client.invalidateQueries({ queryKey: key("sandboxes") }),
    // Where one may go besides this workspace.
    client.invalidateQueries({ queryKey: ["session"] }),
  ]);
}
