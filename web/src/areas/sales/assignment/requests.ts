/** What the screens of assignment read and do. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { AssignedLeads, Filter, LeadAssignments, RecordRow, Reference } from "@/api/types";
import { queryRecords, recordKeys, runAction } from "@/lib/records";
import { workspaceRequest } from "@/lib/workspace";

export const TERRITORY = "territory";
export const RULE = "assignment_rule";
export type Setting = typeof TERRITORY | typeof RULE;
const MOST = 200;

export interface Region {
  code: string;
  name: string;
  name_en: string;
}

export interface Territory extends RecordRow {
  name: string;
  regions: Region[] | null;
  industries: string[] | null;
  members: Reference[];
  weights: Record<string, number> | null;
  position: number | null;
  active: boolean;
}

export interface AssignmentRule extends RecordRow {
  name: string;
  where: Filter | null;
  by_territory: boolean;
  members: Reference[];
  departments: Reference[];
  roles: Reference[];
  mode: "round_robin" | "least_load" | "highest_level";
  accept_minutes: number | null;
  accept_at_work: boolean | null;
  otherwise: "superior" | "pool";
  position: number | null;
  active: boolean;
}

export function settingsQuery<T extends RecordRow>(object: Setting) {
  return queryOptions({
    queryKey: [...recordKeys.of(object), "settings"],
    queryFn: async ({ signal }) =>
      (await queryRecords(object, { sort: [{ field: "position", dir: "asc" }], limit: MOST }, signal))
        .rows as T[],
  });
}

export function assignmentsQuery(lead: string) {
  return queryOptions({
    queryKey: [...recordKeys.record("lead", lead), "assignments"],
    queryFn: ({ signal }) => workspaceRequest<LeadAssignments>(`/leads/${lead}/assignments`, { signal }),
  });
}

export const acceptLead = (lead: string) => runAction("sales/accept-lead", { lead });

export const assignLeads = (leads: string[]) => runAction<AssignedLeads>("sales/assign-leads", { leads });

/** A lead may be somebody else's by now. */
export const leadsChanged = (client: QueryClient) =>
  client.invalidateQueries({ queryKey: recordKeys.of("lead") });
