/** The filter tree as the server understands it: the one filter language of lists, views and boards. */

import type { Filter } from "@/api/types";

export type FilterRule = { field: string; op: string; value?: unknown };

/** Joins filters with AND; drops empty ones, so that the result is null when nothing filters. */
export function allOf(...filters: (Filter | null | undefined)[]): Filter | null {
  const parts = filters.flatMap((filter) => {
    if (!filter) return [];
    return "and" in filter ? filter.and : [filter];
  });
  if (parts.length === 0) return null;
  return parts.length === 1 ? (parts[0] as Filter) : { and: parts };
}

/** How many conditions a person would count in the filter. */
export function countRules(filter: Filter | null): number {
  if (!filter) return 0;
  if ("and" in filter) return filter.and.reduce((sum, child) => sum + countRules(child), 0);
  if ("or" in filter) return filter.or.reduce((sum, child) => sum + countRules(child), 0);
  if ("not" in filter) return countRules(filter.not);
  if ("has" in filter) return Math.max(1, countRules(filter.where ?? null));
  return 1;
}

/** True when the value has the shape of a filter tree; addresses and saved views are not trusted. */
export function isFilter(value: unknown): value is Filter {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const node = value as Record<string, unknown>;
  if ("and" in node) return Array.isArray(node.and) && node.and.every(isFilter);
  if ("or" in node) return Array.isArray(node.or) && node.or.every(isFilter);
  if ("not" in node) return isFilter(node.not);
  if ("has" in node) return typeof node.has === "string" && (node.where == null || isFilter(node.where));
  return typeof node.field === "string" && typeof node.op === "string";
}

const WITHOUT_VALUE = new Set(["is_empty", "not_empty"]);
const WITH_LIST = new Set(["in", "not_in", "has_any", "has_all", "has_none", "object_is"]);

export const takesNoValue = (op: string) => WITHOUT_VALUE.has(op);
export const takesList = (op: string) => WITH_LIST.has(op);

/** A condition is sent only when it is complete; a half-written one must not change the list. */
export function isComplete(rule: FilterRule): boolean {
  if (!rule.field || !rule.op) return false;
  if (takesNoValue(rule.op)) return true;
  const { value } = rule;
  if (rule.op === "between") return Array.isArray(value) && value.length === 2 && value.every(isSet);
  if (Array.isArray(value)) return value.length > 0;
  return isSet(value);
}

const isSet = (value: unknown) => value !== null && value !== undefined && value !== "";

/**
 * The filter as the server reads it. Screens keep references with their titles, so that a chip can name
 * them without asking; the server wants identities alone.
 */
export function toWire(filter: Filter | null): Filter | null {
  if (!filter) return null;
  if ("and" in filter) return { and: filter.and.map((child) => toWire(child) as Filter) };
  if ("or" in filter) return { or: filter.or.map((child) => toWire(child) as Filter) };
  if ("not" in filter) return { not: toWire(filter.not) as Filter };
  if ("has" in filter) return { has: filter.has, where: toWire(filter.where ?? null) };
  return "value" in filter ? { ...filter, value: wireValue(filter.value) } : filter;
}

function wireValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wireValue);
  if (typeof value !== "object" || value === null || !("id" in value)) return value;
  return "object" in value ? { object: value.object, id: value.id } : value.id;
}
