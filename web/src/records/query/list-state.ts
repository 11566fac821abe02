/** The state of a list: what a saved view owns, and what the address changes of it. */
import type { Filter, Sort } from "@/api/types";
import { type Column, formatColumns, parseColumns } from "./columns";
import { isFilter } from "./filter";

export type Bucket = "day" | "week" | "month" | "quarter" | "year";
export type GroupBy = { field: string; bucket?: Bucket };
export type ViewType = "table" | "board";
export type Density = "compact" | "default" | "comfortable";

/** What a view owns; stored in the view record as `type` and `config`. */
export type ViewState = {
  type: ViewType;
  where: Filter | null;
  sort: Sort[];
  group: GroupBy | null;
  columns: Column[];
  density: Density | null;
};

/** The address of a list: the chosen view, a search, and every change not saved into the view. */
export type ListSearch = {
  view?: string;
  q?: string;
  /** Read for `q`, as the API calls it; never kept. */
  search?: undefined;
  type?: ViewType;
  where?: Filter | null;
  sort?: string;
  group?: string;
  columns?: string;
  density?: Density;
};

const DENSITIES: Density[] = ["compact", "default", "comfortable"];
const BUCKETS: Bucket[] = ["day", "week", "month", "quarter", "year"];

/** Keeps the readable parts of an address; a broken part is as if it was absent. */
export function parseListSearch(raw: Record<string, unknown>): ListSearch {
  const search: ListSearch = {};
  const text = (key: string) =>
    typeof raw[key] === "string" || typeof raw[key] === "number" ? String(raw[key]) : undefined;
  const view = text("view");
  if (view) search.view = view;
  const q = text("q") ?? text("search");
  if (q) search.q = q;
  if (raw.type === "table" || raw.type === "board") search.type = raw.type;
  if (raw.where === null || isFilter(raw.where)) search.where = raw.where;
  for (const key of ["sort", "group", "columns"] as const) {
    const value = text(key);
    if (value !== undefined) search[key] = value;
  }
  if (DENSITIES.includes(raw.density as Density)) search.density = raw.density as Density;
  return search;
}

/** `-amount,name` as in the record API. */
function parseSort(text: string): Sort[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((part) =>
      part.startsWith("-") ? { field: part.slice(1), dir: "desc" } : { field: part, dir: "asc" },
    );
}

const formatSort = (sort: Sort[]) =>
  sort.map(({ field, dir }) => (dir === "desc" ? `-${field}` : field)).join(",");

/** `stage` or `expected_close_on:month`; empty text means no grouping. */
function parseGroup(text: string): GroupBy | null {
  const [field, bucket] = text.split(":");
  if (!field) return null;
  return BUCKETS.includes(bucket as Bucket) ? { field, bucket: bucket as Bucket } : { field };
}

const formatGroup = (group: GroupBy | null) =>
  group ? [group.field, group.bucket].filter(Boolean).join(":") : "";

/** The view as the address changes it. */
export function applySearch(view: ViewState, search: ListSearch): ViewState {
  return {
    type: search.type ?? view.type,
    where: search.where === undefined ? view.where : search.where,
    sort: search.sort === undefined ? view.sort : parseSort(search.sort),
    group: search.group === undefined ? view.group : parseGroup(search.group),
    columns: search.columns === undefined ? view.columns : parseColumns(search.columns),
    density: search.density ?? view.density,
  };
}

/** The address that turns the view into the state; parts equal to the view are left out. */
export function searchFor(
  view: ViewState,
  state: ViewState,
  kept: Pick<ListSearch, "view" | "q">,
): ListSearch {
  const search: ListSearch = {};
  if (kept.view) search.view = kept.view;
  if (kept.q) search.q = kept.q;
  if (state.type !== view.type) search.type = state.type;
  if (JSON.stringify(state.where) !== JSON.stringify(view.where)) search.where = state.where;
  if (formatSort(state.sort) !== formatSort(view.sort)) search.sort = formatSort(state.sort);
  if (formatGroup(state.group) !== formatGroup(view.group)) search.group = formatGroup(state.group);
  if (formatColumns(state.columns) !== formatColumns(view.columns))
    search.columns = formatColumns(state.columns);
  if (state.density && state.density !== view.density) search.density = state.density;
  return search;
}

/** True when the address changes anything the view owns. */
export function isChanged(search: ListSearch): boolean {
  return Object.keys(search).some((key) => key !== "view" && key !== "q");
}

/** Sorting by a header: ascending, descending, then none. With `add` other columns stay. */
export function toggleSort(sort: Sort[], field: string, add: boolean): Sort[] {
  const current = sort.find((item) => item.field === field);
  const next: Sort[] = !current
    ? [{ field, dir: "asc" }]
    : current.dir === "asc"
      ? [{ field, dir: "desc" }]
      : [];
  if (!add) return next;
  return current ? sort.flatMap((item) => (item.field === field ? next : [item])) : [...sort, ...next];
}

/** Reads the stored configuration of a view; unknown or broken parts fall back to the object's defaults. */
export function readViewConfig(type: unknown, config: unknown, defaults: ViewState): ViewState {
  const raw = (typeof config === "object" && config !== null ? config : {}) as Record<string, unknown>;
  const columns = typeof raw.columns === "string" ? parseColumns(raw.columns) : [];
  return {
    type: type === "board" ? "board" : "table",
    where: isFilter(raw.where) ? raw.where : null,
    sort: typeof raw.sort === "string" ? parseSort(raw.sort) : defaults.sort,
    group: typeof raw.group === "string" ? parseGroup(raw.group) : null,
    columns: columns.length > 0 ? columns : defaults.columns,
    density: DENSITIES.includes(raw.density as Density) ? (raw.density as Density) : null,
  };
}

/** The form in which a view's configuration is stored. */
export function writeViewConfig(state: ViewState) {
  return {
    where: state.where,
    sort: formatSort(state.sort),
    group: formatGroup(state.group),
    columns: formatColumns(state.columns),
    density: state.density,
  };
}
