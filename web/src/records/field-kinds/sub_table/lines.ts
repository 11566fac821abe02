/** Lines of a record: those that are saved, and what a form wants done to them. */
import type { QueryClient } from "@tanstack/react-query";
import type { CatalogObject, Field, RecordRow } from "@/api/types";
import { findField } from "@/lib/catalog";
import { queryRecords, recordKeys } from "@/lib/records";
import { parseDecimal } from "../number-text";
import type { KindField } from "../types";

/** One line as it is sent: a new one without an id. A line that is not named stays as it is. */
export interface LineEdit {
  id?: string;
  rev?: number;
  values?: Record<string, unknown>;
  delete?: boolean;
}

const MOST_LINES = 200;
const USUAL_COLUMNS = 6;

export const lineObject = (field: KindField) => String(field.settings.object ?? "");
const linkOf = (field: KindField) => String(field.settings.field ?? "");

/** The columns: those that the field names, else the first ones a person can fill in. */
export function lineColumns(field: KindField, child: CatalogObject): Field[] {
  const named = field.settings.columns as string[] | undefined;
  const link = linkOf(field);
  if (named?.length) return named.flatMap((key) => findField(child, key) ?? []);
  return child.fields
    .filter((one) => one.key !== link && !one.system && !one.hidden && !["rows", "none"].includes(one.trait))
    .slice(0, USUAL_COLUMNS);
}

/** Keys of the columns that are added up: those that the field names, else every number among the columns. */
export function totalColumns(field: KindField, columns: readonly Field[]): Set<string> {
  const named = field.settings.totals as string[] | undefined;
  const summed =
    named ??
    columns.filter((one) => ["money", "decimal", "integer"].includes(one.kind)).map((one) => one.key);
  return new Set(summed);
}

export function linesQuery(field: KindField, columns: readonly Field[], record: string) {
  const child = lineObject(field);
  const ordered = field.settings.priced === true;
  return {
    queryKey: [...recordKeys.of(child), "lines", linkOf(field), record, columns.map((one) => one.key)],
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const { rows } = await queryRecords(
        child,
        {
          select: columns.map((one) => one.key),
          where: { field: linkOf(field), op: "eq", value: record },
          sort: [{ field: ordered ? "position" : "created_at", dir: "asc" }],
          limit: MOST_LINES,
        },
        signal,
      );
      return rows;
    },
  };
}

/** The lines on screen: saved ones with their edits, then new ones. */
export function linesOnScreen(
  saved: readonly RecordRow[],
  edits: readonly LineEdit[],
): Record<string, unknown>[] {
  const byId = new Map(edits.flatMap((edit) => (edit.id ? [[edit.id, edit] as const] : [])));
  const kept = saved
    .filter((row) => !byId.get(row.id)?.delete)
    .map((row) => ({ ...row, ...byId.get(row.id)?.values }));
  return [...kept, ...edits.filter((edit) => !edit.id).map((edit) => edit.values ?? {})];
}

/** The sum of a column; amounts are added up where they have one currency. null when there is none. */
export function sumOf(column: Field, lines: readonly Record<string, unknown>[]): unknown {
  const values = lines
    .map((line) => line[column.key])
    .filter((value) => value !== null && value !== undefined && value !== "");
  if (values.length === 0) return null;
  if (column.kind !== "money") return addUp(values.map(String));
  const amounts = values as { amount: string; currency: string }[];
  const currency = amounts[0]?.currency;
  if (amounts.some((one) => one.currency !== currency)) return null;
  const amount = addUp(amounts.map((one) => one.amount));
  return amount === null ? null : { amount, currency };
}

/** Adds decimal strings digit by digit, without floats; null when one is no number. */
export function addUp(values: readonly string[]): string | null {
  const numbers = values.map((value) => parseDecimal(value));
  if (numbers.some((number) => !number)) return null;
  const scale = Math.max(...numbers.map((number) => (number?.split(".")[1] ?? "").length));
  const whole = numbers.reduce((sum, number) => {
    const [digits = "0", fraction = ""] = (number ?? "0").split(".");
    return sum + BigInt(digits + fraction.padEnd(scale, "0"));
  }, 0n);
  const text = (whole < 0n ? -whole : whole).toString().padStart(scale + 1, "0");
  const joined = scale ? `${text.slice(0, -scale)}.${text.slice(-scale)}`.replace(/\.?0+$/, "") : text;
  return whole < 0n ? `-${joined}` : joined;
}

/** After a save: the tables of lines among the values are asked for anew. */
export function forgetLines(
  client: QueryClient,
  object: CatalogObject,
  values: Record<string, unknown>,
): void {
  for (const field of object.fields) {
    if (field.trait === "rows" && field.key in values) {
      void client.invalidateQueries({ queryKey: recordKeys.of(lineObject(field)) });
    }
  }
}

/** The values that a record shows at once: edits of lines are none of its own. */
export function withoutLines(
  object: CatalogObject,
  values: Record<string, unknown>,
): Record<string, unknown> {
  const tables = new Set(object.fields.filter((field) => field.trait === "rows").map((field) => field.key));
  return Object.fromEntries(Object.entries(values).filter(([key]) => !tables.has(key)));
}
