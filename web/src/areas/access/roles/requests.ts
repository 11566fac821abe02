/** What the screens of access read and ask: roles, access rules, presets, rights in sum, and what a change would do. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  AccessChange,
  Filter,
  MemberRights,
  RecordRow,
  Reference,
  RolePresets,
  Simulation,
} from "@/api/types";
import { byName } from "@/lib/by-name";
import { refreshCatalog } from "@/lib/catalog";
import { getRecord, queryRecords, recordKeys } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";
import type { Permissions } from "./permissions";

export interface Role extends RecordRow {
  name: string;
  key: string;
  position: number | null;
  baseline: boolean;
  permissions: Permissions;
}

const ROLE_FIELDS = ["name", "key", "position", "baseline", "permissions"];
/** A workspace has few roles and rules; these pages show all of them. */
const MOST = 200;

/** The role that keeps all rights, whatever is asked for. */
export const ADMINISTRATOR = "administrator";

export function rolesQuery() {
  return queryOptions({
    queryKey: [...recordKeys.of("role"), "with-permissions"],
    queryFn: async ({ signal }) => {
      const sort = [{ field: "position", dir: "asc" as const }];
      return (await queryRecords("role", { select: ROLE_FIELDS, sort, limit: MOST }, signal)).rows as Role[];
    },
  });
}

export function roleQuery(id: string) {
  return queryOptions({
    queryKey: [...recordKeys.record("role", id), "permissions"],
    queryFn: async ({ signal }) => (await getRecord("role", id, ROLE_FIELDS, signal)) as Role,
  });
}

export interface AccessRule extends RecordRow {
  name: string;
  object: string;
  effect: "opens" | "restricts";
  level: "read" | "edit" | null;
  where: Filter | null;
  for_everyone: boolean;
  members: Reference[];
  departments: Reference[];
  roles: Reference[];
  except_roles: Reference[];
  active: boolean;
  expires_at: string | null;
}

const RULE_FIELDS = [
  "name",
  "object",
  "effect",
  "level",
  "where",
  "for_everyone",
  "members",
  "departments",
  "roles",
  "except_roles",
  "active",
  "expires_at",
];

export function rulesQuery() {
  return queryOptions({
    queryKey: [...recordKeys.of("access_rule"), "whole"],
    queryFn: async ({ signal }) => {
      const sort = [{ field: "name", dir: "asc" as const }];
      const page = await queryRecords("access_rule", { select: RULE_FIELDS, sort, limit: MOST }, signal);
      return (page.rows as AccessRule[]).sort(byName);
    },
  });
}

export function presetsQuery() {
  return queryOptions({
    queryKey: ["access", currentWorkspace(), "presets"],
    queryFn: ({ signal }) => workspaceRequest<RolePresets>("/access/presets", { signal }),
    select: ({ presets }) => presets,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function memberRightsQuery(member: string) {
  return queryOptions({
    queryKey: [...recordKeys.of("role"), "rights-of", member],
    queryFn: ({ signal }) => workspaceRequest<MemberRights>(`/access/members/${member}`, { signal }),
  });
}

/** What would be opened and closed, and to whom, if these changes were saved; nothing is. */
export function simulationQuery(changes: readonly AccessChange[]) {
  return queryOptions({
    queryKey: ["access", currentWorkspace(), "simulation", changes],
    queryFn: ({ signal }) =>
      workspaceRequest<Simulation>("/access/simulate", { method: "POST", body: { changes }, signal }),
    // Others work on meanwhile: what is asked again is counted again.
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}

/** After a change of rights everything on screen may be another: it is asked for again. */
export async function rightsChanged(client: QueryClient): Promise<void> {
  await refreshCatalog(client);
}
