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
    const width = column.width ?? (left === GUTTER ? Math.max(220, kind.width) : kind.width);
    const placed: GridColumn = {
      path: column.field,
      field,
      kind,
      label: pathLabel(fields, language),
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
