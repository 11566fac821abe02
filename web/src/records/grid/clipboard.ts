/** Cells on the clipboard: as words for spreadsheets, and as values for pasting back into a list. */
import type { Language, RecordRow } from "@/api/types";
import { shownKind } from "../field-kinds/shown-kind";
import type { RecordChange } from "../query/cell-edits";
import type { Range } from "./cursor";
import type { GridColumn } from "./grid-columns";

/** The private clipboard type that keeps values (references, options) exactly. */
export const CELLS_TYPE = "application/x-guanxi-cells+json";

export type CopiedCell = { kind: string; target: string | null; value: unknown };
export type PasteCell = { text: string; copied?: CopiedCell };
export type RowAt = (line: number) => RecordRow | undefined;

const targetOf = ({ field }: GridColumn) => field.settings.target ?? null;

/** The cells of the range; rows that are not in memory are left out. */
export function copyCells(range: Range, rowAt: RowAt, columns: GridColumn[], language: Language) {
  const texts: string[][] = [];
  const cells: CopiedCell[][] = [];
  const chosen = columns.slice(range.left, range.right + 1);
  for (let line = range.top; line <= range.bottom; line++) {
    const row = rowAt(line);
    if (!row) continue;
    texts.push(
      chosen.map(({ field, path }) => shownKind(field, row[path]).toText(row[path], field, language)),
    );
    cells.push(
      chosen.map((column) => ({
        kind: column.field.kind,
        target: targetOf(column),
        value: row[column.path] ?? null,
      })),
    );
  }
  return { texts, cells };
}

/**
 * What pasting the block changes, beginning at the range's corner. A single cell fills the whole range.
 * `skipped` counts cells that cannot be edited or whose words are not understood.
 */
export function planPaste(
  block: PasteCell[][],
  range: Range,
  rowAt: RowAt,
  columns: GridColumn[],
  language: Language,
) {
  const single = block.length === 1 && block[0]?.length === 1;
  const height = single ? range.bottom - range.top + 1 : block.length;
  const changes: RecordChange[] = [];
  let skipped = 0;
  for (let down = 0; down < height; down++) {
    const row = rowAt(range.top + down);
    const cells = block[single ? 0 : down] ?? [];
    const width = single ? range.right - range.left + 1 : cells.length;
    const values: Record<string, unknown> = {};
    for (let right = 0; right < width; right++) {
      const column = columns[range.left + right];
      const cell = cells[single ? 0 : right];
      const value = row && column && cell ? readCell(cell, column, language) : undefined;
      if (value === undefined || !column) skipped += 1;
      else values[column.path] = value;
    }
    if (row && Object.keys(values).length > 0) changes.push({ id: row.id, values });
  }
  return { changes, skipped };
}

function readCell({ text, copied }: PasteCell, column: GridColumn, language: Language): unknown {
  if (!column.editable) return undefined;
  const { kind, field } = column;
  const same = copied && copied.kind === field.kind && copied.target === targetOf(column);
  const value = same ? copied.value : text === "" ? null : kind.fromText?.(text, field, language);
  if (value === undefined) return undefined;
  if (kind.isEmpty(value)) return field.required ? undefined : null;
  return kind.validate?.(value, field) ? undefined : value;
}

/** Empties the editable cells of the range; required ones stay. */
export function planClear(range: Range, rowAt: RowAt, columns: GridColumn[]): RecordChange[] {
  const cleared = columns
    .slice(range.left, range.right + 1)
    .filter(({ editable, field }) => editable && !field.required);
  const changes: RecordChange[] = [];
  for (let line = range.top; line <= range.bottom; line++) {
    const row = rowAt(line);
    const full = row ? cleared.filter(({ kind, path }) => !kind.isEmpty(row[path])) : [];
    if (row && full.length > 0)
      changes.push({ id: row.id, values: Object.fromEntries(full.map(({ path }) => [path, null])) });
  }
  return changes;
}
