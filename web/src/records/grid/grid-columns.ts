/** Columns as the grid draws them: resolved against the catalog, with their place in pixels. */
import { useMemo } from "react";
import type { Catalog, CatalogObject, Field, Language } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { can } from "@/lib/rights";
import { type AnyFieldKind, fieldKind } from "../field-kinds";
import { type Column, visibleColumns } from "../query/columns";
import { pathLabel, resolvePath } from "../query/paths";
import { totalOf } from "../query/totals";

export type GridColumn = {
  path: string;
  /** The object that owns the last field of the path. */
  field: Field;
  kind: AnyFieldKind;
  label: string;
  width: number;
  left: number;
  pinned: boolean;
  editable: boolean;
  total: ReturnType<typeof totalOf>;
};

/** Room for row numbers, checkboxes and the arrow that opens a record. */
export const GUTTER = 52;
const FIRST = 220;
/** Longer names are cut; what is in the column matters more. */
const WIDEST_NAME = 180;
/** Padding, and the arrow of the order. */
const BESIDE_NAME = 40;

/** About how wide the head of a column is with this name: a Chinese character takes the room of two letters. */
export function nameWidth(name: string): number {
  const wide = name.match(/[\u2e80-\uffef]/g)?.length ?? 0;
  return Math.ceil(wide * 13 + (name.length - wide) * 7.2) + BESIDE_NAME;
}

export function gridColumns(
  catalog: Catalog,
  object: CatalogObject,
  columns: Column[],
  language: Language,
): GridColumn[] {
  let left = GUTTER;
  return visibleColumns(columns).flatMap((column) => {
    const fields = resolvePath(catalog, object, column.field);
    const field = fields?.at(-1);
    if (!fields || !field) return [];
    const kind = fieldKind(field.kind);
    const name = pathLabel(fields, language);
    const usual = Math.max(left === GUTTER ? FIRST : 0, kind.width, Math.min(nameWidth(name), WIDEST_NAME));
    const width = column.width ?? usual;
    const placed: GridColumn = {
      path: column.field,
      field,
      kind,
      label: name,
      width,
      left,
      pinned: column.pinned ?? false,
      editable: fields.length === 1 && kind.editableInCell && !field.read_only && can(object, "edit"),
      total: totalOf(column, field),
    };
    left += width;
    return [placed];
  });
}

export function useGridColumns(object: CatalogObject, columns: Column[], language: Language): GridColumn[] {
  const catalog = useCatalog();
  return useMemo(() => gridColumns(catalog, object, columns, language), [catalog, object, columns, language]);
}

/** Sum of the widths of all columns and the gutter. */
export function totalWidth(columns: GridColumn[]): number {
  const last = columns.at(-1);
  return last ? last.left + last.width : GUTTER;
}
