/** Pipelines with their stages as the settings screen reads them, and what a new order writes. */
import { queryOptions } from "@tanstack/react-query";
import type { BulkRequest, Hue, RecordRow, Reference } from "@/api/types";
import { groupRecords, queryRecords, recordKeys } from "@/lib/records";

export interface Pipeline extends RecordRow {
  name: string;
  is_default: boolean;
  position: number | null;
  requires_loss_reason: boolean;
}

export interface Stage extends RecordRow {
  name: string;
  pipeline: Reference;
  position: number | null;
  probability: string | null;
  category: "open" | "won" | "lost";
  color: Hue | null;
}

export interface Placed {
  id: string;
  position: number | null;
}

const MOST = 200;
const IN_ORDER = [{ field: "position", dir: "asc" as const }];

export function pipelinesQuery() {
  const query = { sort: IN_ORDER, limit: MOST };
  return queryOptions({
    queryKey: recordKeys.page("pipeline", query),
    queryFn: ({ signal }) => queryRecords("pipeline", query, signal),
    select: (page) => page.rows as Pipeline[],
  });
}

export function stagesQuery() {
  const query = { sort: IN_ORDER, limit: MOST };
  return queryOptions({
    queryKey: recordKeys.page("stage", query),
    queryFn: ({ signal }) => queryRecords("stage", query, signal),
    select: (page) => page.rows as Stage[],
  });
}

/** How many opportunities stand in each stage, by its id. */
export function usageQuery() {
  const body = { by: [{ field: "stage" }], limit: MOST };
  return queryOptions({
    queryKey: recordKeys.group("opportunity", body),
    queryFn: ({ signal }) => groupRecords("opportunity", body, signal),
    select: ({ groups }) =>
      new Map(groups.map(({ keys, count }) => [(keys[0] as Reference | null)?.id ?? "", count])),
  });
}

/** The list with one taken out and put back at another place. */
export function moved<T extends { id: string }>(list: readonly T[], id: string, to: number): T[] {
  const rest = list.filter((one) => one.id !== id);
  const one = list.find((each) => each.id === id);
  if (one) rest.splice(Math.max(0, Math.min(to, rest.length)), 0, one);
  return rest;
}

/** The writes that give a list its order: only those whose place differs. */
export function renumbered(list: readonly Placed[]): NonNullable<BulkRequest["records"]> {
  return list.flatMap(({ id, position }, at) =>
    position === at + 1 ? [] : [{ id, values: { position: at + 1 } }],
  );
}

/** Where a new stage goes: an open one before the ends, an end after everything. */
export function placeOfNew(stages: readonly Stage[], category: Stage["category"]): number {
  const end = stages.findIndex((stage) => stage.category !== "open");
  return category === "open" && end >= 0 ? end : stages.length;
}
