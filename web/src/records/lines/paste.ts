/** Cells of a spreadsheet as values of lines: by a row of headings, or from the chosen column on. */
import type { Field, Reference } from "@/api/types";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { queryRecords } from "@/lib/records";
import { fieldKind } from "../field-kinds";
import { targetOf } from "../field-kinds/parts/reference";
import type { Values } from "./model";

const BATCH = 200;

const isTyped = (column: Field) => !column.read_only;

/** The columns that the first row names, where all of its words are headings. */
function headingsOf(first: readonly string[], columns: readonly Field[]): Field[] | null {
  const named = first.map((cell) => columns.find((one) => one.key === cell || label(one.label) === cell));
  return named.length > 0 && named.every((one) => one !== undefined) ? (named as Field[]) : null;
}

/** Values by row. A product that there is none of by name or code becomes the words of the line. */
export async function valuesOf(
  cells: string[][],
  columns: readonly Field[],
  start: number,
): Promise<Values[]> {
  const named = headingsOf(cells[0] ?? [], columns);
  const targets = named ?? columns.slice(start);
  const body = named ? cells.slice(1) : cells;
  const found = new Map<string, Map<string, Reference>>();
  for (const [at, column] of targets.entries()) {
    if (column.trait === "ref" && isTyped(column)) found.set(column.key, await references(column, body, at));
  }
  return body.map((row) => {
    const values: Values = {};
    for (const [at, cell] of row.entries()) {
      const column = targets[at];
      if (!column || !isTyped(column) || cell === "") continue;
      const reference = found.get(column.key)?.get(cell.toLowerCase());
      if (column.trait === "ref") {
        if (reference) values[column.key] = reference;
        else if (column.key === "product") values.name = cell;
        continue;
      }
      const value = fieldKind(column.kind).fromText?.(cell, column, currentLanguage());
      if (value !== undefined) values[column.key] = value;
    }
    return values;
  });
}

async function references(column: Field, rows: string[][], at: number): Promise<Map<string, Reference>> {
  const words = [...new Set(rows.map((row) => row[at] ?? "").filter((cell) => cell !== ""))];
  const target = targetOf(column.settings);
  const keys = target === "product" ? ["name", "code"] : ["name"];
  const found = new Map<string, Reference>();
  for (let from = 0; from < words.length; from += BATCH) {
    const some = words.slice(from, from + BATCH);
    const { rows: records } = await queryRecords(target, {
      select: keys,
      where: { or: keys.map((key) => ({ field: key, op: "in" as const, value: some })) },
      limit: BATCH,
    });
    for (const record of records) {
      const reference = { id: record.id, title: String(record.name ?? "") };
      for (const key of keys) if (record[key]) found.set(String(record[key]).toLowerCase(), reference);
    }
  }
  return found;
}
