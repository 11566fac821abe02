/** What makes the columns of a board: the options of a choice, or the records a lookup points at. */
import type { Catalog, CatalogObject, Field, Filter, Hue, Language, RecordRow, Reference } from "@/api/types";
import { findField, findObject } from "@/lib/catalog";
import { offeredFields, targetOf } from "../query/paths";

export type BoardColumn = {
  /** The option's key or the record's id. */
  key: string;
  name: string;
  hue: Hue;
  /** What the board field of a record in this column holds. */
  value: unknown;
  where: Filter;
};

/**
 * A lookup's columns may belong to something both sides name, as stages and opportunities belong to a pipeline:
 * the board then shows one of them at a time.
 */
type BoardSplit = { object: CatalogObject; ownField: string; columnField: string };

export type BoardModel = {
  field: Field;
  target: CatalogObject | null;
  split: BoardSplit | null;
  sum: Field | null;
};

/** Null when the object has no board field the member may read. */
export function boardModel(catalog: Catalog, object: CatalogObject): BoardModel | null {
  const field = object.board ? findField(object, object.board) : undefined;
  if (!field) return null;
  const target = targetOf(catalog, field) ?? null;
  const sum = offeredFields(object).find((each) => each.kind === "money") ?? null;
  return { field, target, split: target ? splitOf(catalog, object, target) : null, sum };
}

function splitOf(catalog: Catalog, object: CatalogObject, target: CatalogObject): BoardSplit | null {
  for (const field of target.fields) {
    const shared = field.system ? undefined : targetOf(catalog, field);
    const own = shared && object.fields.find((each) => !each.system && targetOf(catalog, each) === shared);
    if (shared && own) return { object: shared, ownField: own.key, columnField: field.key };
  }
  return null;
}

const HUES: readonly Hue[] = [
  "slate",
  "blue",
  "violet",
  "cyan",
  "green",
  "lime",
  "amber",
  "orange",
  "red",
  "pink",
];

/** The colour a column's record carries, when it is one of ours. */
const hueOf = (color: unknown): Hue => (HUES.includes(color as Hue) ? (color as Hue) : "slate");

export function optionColumns(field: Field, language: Language): BoardColumn[] {
  return (field.settings.options ?? []).map((option) => ({
    key: option.key,
    name: option.label[language],
    hue: option.color ?? "slate",
    value: option.key,
    where: { field: field.key, op: "eq", value: option.key },
  }));
}

export function recordColumns(field: Field, target: CatalogObject, rows: RecordRow[]): BoardColumn[] {
  return rows.map((row) => {
    const name = String(row[target.title] ?? "");
    return {
      key: row.id,
      name,
      hue: hueOf(row.color),
      value: { id: row.id, title: name } satisfies Reference,
      where: { field: field.key, op: "eq", value: row.id },
    };
  });
}

/** The key of the column a grouped value or a record's value belongs to. */
export function columnKeyOf(value: unknown): string | null {
  if (typeof value === "object" && value !== null && "id" in value) return String(value.id);
  return value === null || value === undefined ? null : String(value);
}

const MAX_CARD_FIELDS = 5;

/** Fields on a card besides the title: those of the layout, else the first ones of the list. */
export function cardFields(object: CatalogObject): Field[] {
  const keys = object.layout.card?.length ? object.layout.card : (object.layout.list ?? []);
  return keys
    .filter((key) => key !== object.title && key !== object.board && key !== "owner")
    .slice(0, MAX_CARD_FIELDS)
    .flatMap((key) => findField(object, key) ?? []);
}

/** The pipeline (or its like) shown first: the one marked as default, else the first one. */
export function firstSplit(rows: RecordRow[]): string | null {
  return (rows.find((row) => row.is_default === true) ?? rows[0])?.id ?? null;
}

/** Fields of the target worth reading for columns: its title, place and colour where it has them. */
export function columnSelect(catalog: Catalog, target: CatalogObject, extra: string[] = []): string[] {
  const known = ["position", "color", "is_default", ...extra].filter((key) =>
    findField(findObject(catalog, target.key) ?? target, key),
  );
  return [...new Set([target.title, ...known])];
}
