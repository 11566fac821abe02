/** Rows of priced lines while they are edited: what is saved, what was changed, and what follows from a change. */
import type { PricedLine, RecordRow, Reference } from "@/api/types";
import { parseDecimal } from "../field-kinds/number-text";
import { addUp, type LineEdit } from "../field-kinds/sub_table/lines";
import { readTsv } from "../grid/tsv";
import { type Amounts, discountOf, documentOf, type Terms, unitPrice } from "./amounts";

export type Values = Record<string, unknown>;

/** One row: its values on screen, and those of them that are to be sent. */
export interface LineRow {
  key: string;
  id?: string;
  rev?: number;
  values: Values;
  changed: Values;
  /** Why there is no price, in words. */
  problem?: string;
}

/** What the arithmetic needs of a row; read beside the columns. */
export const PRICE_FIELDS = [
  "position",
  "product",
  "name",
  "quantity",
  "unit",
  "list_price",
  "discount",
  "unit_price",
  "tax_rate",
  "tax_percent",
  "price_source",
  "price_book",
  "price_from",
  "kind",
  "optional",
  "chosen",
];

/** Headings and subtotals have words and no prices. */
export const isItem = (row: LineRow) => (text(row.values.kind) ?? "item") === "item";

const counts = (row: LineRow) => isItem(row) && (!row.values.optional || row.values.chosen === true);

let numbers = 0;
export const newRow = (values: Values = {}): LineRow => {
  numbers += 1;
  const quantity = !values.kind || values.kind === "item" ? { quantity: "1" } : {};
  return { key: `new ${numbers}`, values: { ...quantity, ...values }, changed: { ...values } };
};

export const text = (value: unknown) =>
  value === null || value === undefined || value === "" ? null : String(value);
const number = (value: unknown) => parseDecimal(text(value) ?? "") ?? null;
export const idOf = (value: unknown) => (value as Reference | null | undefined)?.id ?? null;

/** The rows on screen: saved ones with their edits, then new ones. */
export function rowsOf(saved: readonly RecordRow[], edits: readonly LineEdit[]): LineRow[] {
  const byId = new Map(edits.flatMap((edit) => (edit.id ? [[edit.id, edit] as const] : [])));
  const kept = saved
    .filter((row) => !byId.get(row.id)?.delete)
    .map((row): LineRow => {
      const changed = byId.get(row.id)?.values ?? {};
      return { key: row.id, id: row.id, rev: row.rev, values: { ...row, ...changed }, changed };
    });
  return [...kept, ...edits.filter((edit) => !edit.id).map((edit) => newRow(edit.values))];
}

/** What is to be sent; lines that nobody touched stay unnamed, rows without anything are left out. */
export function editsOf(rows: readonly LineRow[], gone: readonly LineRow[]): LineEdit[] {
  const kept = rows.filter((row) => row.id || Object.keys(row.changed).length > 0);
  const placed = inPlace(kept);
  return [
    ...gone.flatMap(({ id, rev }): LineEdit[] =>
      id ? [{ id, ...(rev !== undefined && { rev }), delete: true }] : [],
    ),
    ...kept.flatMap((row, at): LineEdit[] => {
      const changed = placed ? row.changed : { ...row.changed, position: at + 1 };
      if (!row.id) return [{ values: changed }];
      const moved = !placed && row.values.position !== at + 1;
      if (Object.keys(row.changed).length === 0 && !moved) return [];
      return [{ id: row.id, ...(row.rev !== undefined && { rev: row.rev }), values: changed }];
    }),
  ];
}

/** Whether the rows stand where the server puts them: saved ones in their order, new ones behind. */
function inPlace(rows: readonly LineRow[]): boolean {
  let last = Number.NEGATIVE_INFINITY;
  let fresh = false;
  for (const row of rows) {
    if (!row.id) {
      fresh = true;
      continue;
    }
    const position = Number(row.values.position ?? 0);
    if (fresh || position < last) return false;
    last = position;
  }
  return true;
}

/** Keys whose change asks for a price. */
const PRICED_BY = new Set(["product", "quantity"]);
export const asksPrice = (key: string, row: LineRow) =>
  PRICED_BY.has(key) && idOf(row.values.product) !== null;

/** The row after somebody set a value: a unit price makes the discount, everything else the unit price. */
export function withValue(row: LineRow, key: string, value: unknown): LineRow {
  const values: Values = { ...row.values, [key]: value };
  const changed: Values = { ...row.changed, [key]: value };
  const listed = number(values.list_price);
  if (key === "unit_price") {
    values.discount = listed ? discountOf(listed, number(value) ?? "0") : "0";
    if (!listed) values.list_price = number(value);
    changed.discount = undefined;
  } else if (key === "discount" || key === "list_price") {
    values.unit_price = unitPrice(listed ?? "0", number(values.discount) ?? "0");
    changed.unit_price = undefined;
  } else if (key === "product") {
    for (const own of ["name", "unit", "tax_rate", "list_price"]) changed[own] = undefined;
    values.price_source = null;
    if (value) values.name = (value as Reference).title;
  }
  const { problem: _gone, ...rest } = row;
  return { ...rest, values, changed: withoutNothing(changed) };
}

const withoutNothing = (values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** The row with the price that was found for its product and quantity. */
export function withPrice(row: LineRow, found: PricedLine): LineRow {
  const values: Values = { ...row.values };
  const changed: Values = { ...row.changed };
  for (const key of ["name", "unit", "tax_rate"] as const) {
    if (!(key in changed)) values[key] = found[key];
  }
  if (found.tax_rate && idOf(values.tax_rate) === found.tax_rate.id) values.tax_percent = found.tax_percent;
  if (found.price === null) {
    const { list_price: _unknown, ...others } = changed;
    return {
      ...row,
      values: { ...values, price_source: "manual" },
      changed: others,
      ...(number(values.list_price) === null && { problem: found.message ?? "" }),
    };
  }
  values.list_price = found.price;
  values.price_source = found.source;
  values.price_book = found.book;
  values.price_from = found.from_quantity;
  changed.list_price = found.price;
  if ("unit_price" in changed) values.discount = discountOf(found.price, number(values.unit_price) ?? "0");
  else values.unit_price = unitPrice(found.price, number(values.discount) ?? "0");
  const { problem: _gone, ...rest } = row;
  return { ...rest, values, changed };
}

/** What every row and the whole come to; a subtotal is what counts since the heading or subtotal before it. */
export function amountsOf(rows: readonly LineRow[], terms: Terms): { lines: Amounts[]; total: Amounts } {
  const found = documentOf(
    rows.map((row) => ({
      quantity: isItem(row) ? (number(row.values.quantity) ?? "0") : "0",
      unitPrice: number(row.values.unit_price) ?? "0",
      taxPercent: number(row.values.tax_percent) ?? "0",
      counts: counts(row),
    })),
    terms,
  );
  let group: string[] = [];
  const lines = rows.map((row, at) => {
    const own = found.lines[at] ?? found.total;
    if (isItem(row)) {
      if (counts(row)) group.push(own.total);
      return own;
    }
    const total = addUp(group.length > 0 ? group : ["0"]) ?? "0";
    group = [];
    return text(row.values.kind) === "subtotal" ? { ...own, total } : own;
  });
  return { lines, total: found.total };
}

/** Cells of a spreadsheet without the rows that hold nothing. */
export const cellsOf = (pasted: string): string[][] =>
  readTsv(pasted)
    .map((row) => row.map((cell) => cell.trim()))
    .filter((row) => row.some((cell) => cell !== ""));
