/** What the designer reads, and the one way it changes something: a verb, previewed or done. */
import { type QueryClient, queryOptions, useQueryClient } from "@tanstack/react-query";
import type {
  ConfigurationChanges,
  DesignedObjects,
  DesignOutcome,
  DesignUsage,
  KindGallery,
} from "@/api/types";
import { refreshCatalog } from "@/lib/catalog";
import { runAction } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";
import type { DesignedObject, DesignedWhole } from "./model";

const key = (...more: unknown[]) => ["design", currentWorkspace(), ...more];

export interface ObjectTemplate {
  key: string;
  label: Record<string, string>;
  help: Record<string, string>;
  icon: string;
  color: string;
  fields: Record<string, string>[];
  objects: Record<string, string>[];
}

type Objects = Omit<DesignedObjects, "objects"> & { objects: DesignedObject[] };

export function objectsQuery() {
  return queryOptions({
    queryKey: key("objects"),
    queryFn: ({ signal }) => workspaceRequest<Objects>("/design/objects", { signal }),
  });
}

const WATCH_MS = 1_500;

/** An object with its fields; asked for again and again while something goes on in the background. */
export function objectQuery(object: string) {
  return queryOptions({
    queryKey: key("objects", object),
    queryFn: ({ signal }) =>
      workspaceRequest<DesignedWhole>(`/design/objects/${encodeURIComponent(object)}`, { signal }),
    refetchInterval: ({ state }) => (isBusy(state.data) ? WATCH_MS : false),
  });
}

function isBusy(object: DesignedWhole | undefined): boolean {
  return Boolean(
    object?.steps.some((step) => step.state === "waiting") ||
      object?.parts.some(({ conversion }) => conversion && conversion.state !== "done"),
  );
}

export function usageQuery(object: string, field?: string) {
  return queryOptions({
    queryKey: key("usage", object, field ?? ""),
    queryFn: ({ signal }) =>
      workspaceRequest<DesignUsage>("/design/usage", { query: { object, field }, signal }),
  });
}

export function templatesQuery() {
  return queryOptions({
    queryKey: key("templates"),
    queryFn: ({ signal }) =>
      workspaceRequest<{ templates: ObjectTemplate[] }>("/design/templates", { signal }),
    select: ({ templates }) => templates,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function kindsQuery() {
  return queryOptions({
    queryKey: key("kinds"),
    queryFn: ({ signal }) => workspaceRequest<KindGallery>("/design/kinds", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export const CHANGES_AT_ONCE = 50;

export function changesOf(about: string, before: string | null, signal: AbortSignal) {
  return workspaceRequest<ConfigurationChanges>("/design/changes", {
    query: { about, before, limit: CHANGES_AT_ONCE },
    signal,
  });
}

export const changesKey = (about: string) => key("changes", about);

export type Verb =
  | `${"create" | "update" | "archive" | "restore" | "drop"}-${"object" | "field"}`
  | `${"create" | "update" | "archive" | "restore"}-component`
  | "convert-field"
  | "revert-field"
  | "apply"
  | "roll-back";

export type Params = Record<string, unknown>;

/** What a change would do. */
export async function previewed(verb: Verb, params: Params): Promise<DesignOutcome> {
  return (await runAction<DesignOutcome>(`design/${verb}`, { ...params, preview: true })).result;
}

/** Makes a change; everything on the screen that follows from the configuration is asked for again. */
export async function made(client: QueryClient, verb: Verb, params: Params): Promise<DesignOutcome> {
  const { result } = await runAction<DesignOutcome>(`design/${verb}`, params);
  await refreshCatalog(client);
  return result;
}

/** Makes a change that needs no question. */
export function useMake() {
  const client = useQueryClient();
  return (verb: Verb, params: Params) => made(client, verb, params);
}

/** Every action of the workspace with what it does, as the document of the interface has them. */
export function actionsQuery() {
  return queryOptions({
    queryKey: key("actions"),
    queryFn: ({ signal }) =>
      workspaceRequest<{ paths: Record<string, { post?: { summary?: string } }> }>("/openapi.json", {
        signal,
      }),
    select: ({ paths }) =>
      Object.entries(paths).flatMap(([path, { post }]) => {
        const [, area, verb] = /\/actions\/([a-z-]+)\/([a-z-]+)$/.exec(path) ?? [];
        if (!area || !verb || area === "design") return [];
        return [{ name: `${area}.${verb}`.replaceAll("-", "_"), summary: post?.summary ?? "" }];
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
