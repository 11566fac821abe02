/** Views of a list: the ones every object has, and the ones people have saved. */
import type { CatalogObject, RecordRow, Reference } from "@/api/types";
import { findField } from "@/lib/catalog";
import { readViewConfig, type ViewState } from "../query/list-state";
import { offeredFields } from "../query/paths";

export type View = {
  id: string;
  /** A key of texts for built-in views, the name itself for saved ones. */
  name: string;
  builtIn: boolean;
  shared: boolean;
  ownerId: string | null;
  rev: number;
  position: number;
  state: ViewState;
};

/** Columns shown when the layout names none. */
const USUAL_COLUMNS = 8;

/** How a list of the object looks before anybody changed it. */
function defaultState(object: CatalogObject): ViewState {
  const listed = object.layout.list?.length
    ? object.layout.list
    : offeredFields(object)
        .slice(0, USUAL_COLUMNS)
        .map((field) => field.key);
  const fields = [object.title, ...listed.filter((field) => field !== object.title)];
  const newest = findField(object, "created_at")?.sortable;
  return {
    type: "table",
    where: null,
    sort: newest ? [{ field: "created_at", dir: "desc" }] : [],
    group: null,
    columns: fields.map((field) => ({ field })),
    density: null,
  };
}

/** "全部", "我负责的" where records have owners, and a board where the object names its columns. */
export function builtInViews(object: CatalogObject): View[] {
  const state = defaultState(object);
  const view = (id: string, change: Partial<ViewState>, position: number): View => ({
    id,
    name: `views.builtin_${id}`,
    builtIn: true,
    shared: true,
    ownerId: null,
    rev: 0,
    position,
    state: { ...state, ...change },
  });
  const views = [view("all", {}, 0)];
  if (object.features.includes("owner")) {
    views.push(view("mine", { where: { field: "owner", op: "eq", value: "@me" } }, 1));
  }
  if (object.board && object.features.includes("board")) views.push(view("board", { type: "board" }, 2));
  return views;
}

/** A view record as the list uses it. */
export function savedView(row: RecordRow, object: CatalogObject): View {
  return {
    id: row.id,
    name: String(row.name ?? ""),
    builtIn: false,
    shared: row.scope === "shared",
    ownerId: (row.owner as Reference | null)?.id ?? null,
    rev: row.rev,
    position: Number(row.position ?? 0),
    state: readViewConfig(row.type, row.config, defaultState(object)),
  };
}
