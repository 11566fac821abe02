/** Columns of a list: which, in what order, how wide, pinned or hidden, and what the last line says of them. */

export type Total = "sum" | "avg" | "min" | "max" | "count_values" | "none";
export type Column = { field: string; width?: number; pinned?: boolean; hidden?: boolean; total?: Total };

const TOTALS: Total[] = ["sum", "avg", "min", "max", "count_values", "none"];

const MIN_WIDTH = 64;
const MAX_WIDTH = 640;

/** Reads `name:260:p,amount:120::avg,stage::h`; unreadable parts are skipped. */
export function parseColumns(text: string): Column[] {
  return text.split(",").flatMap((part) => {
    const [field, width, flags = "", total] = part.split(":");
    if (!field) return [];
    const column: Column = { field };
    const pixels = Number(width);
    if (width && Number.isFinite(pixels)) column.width = clampWidth(pixels);
    if (flags.includes("p")) column.pinned = true;
    if (flags.includes("h")) column.hidden = true;
    if (TOTALS.includes(total as Total)) column.total = total as Total;
    return [column];
  });
}

export function formatColumns(columns: Column[]): string {
  return columns
    .map(({ field, width, pinned, hidden, total }) => {
      const flags = `${pinned ? "p" : ""}${hidden ? "h" : ""}`;
      return [field, width ?? "", flags, total ?? ""].join(":").replace(/:+$/, "");
    })
    .join(",");
}

export const clampWidth = (pixels: number) => Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, pixels)));

export const resizeColumn = (columns: Column[], field: string, pixels: number) =>
  columns.map((column) => (column.field === field ? { ...column, width: clampWidth(pixels) } : column));

/** Moves a column to stand before another; `before` null puts it last. */
export function moveColumn(columns: Column[], field: string, before: string | null): Column[] {
  const moved = columns.find((column) => column.field === field);
  if (!moved || field === before) return columns;
  const rest = columns.filter((column) => column.field !== field);
  const at = before === null ? rest.length : rest.findIndex((column) => column.field === before);
  return rest.toSpliced(at < 0 ? rest.length : at, 0, moved);
}

export const pinColumn = (columns: Column[], field: string, pinned: boolean) =>
  columns.map((column) => (column.field === field ? { ...column, pinned } : column));

export const setTotal = (columns: Column[], field: string, total: Total) =>
  columns.map((column) => (column.field === field ? { ...column, total } : column));

/** Shows or hides a column; one that was never chosen is added at the end. */
export function showColumn(columns: Column[], field: string, shown: boolean): Column[] {
  if (columns.some((column) => column.field === field)) {
    return columns.map((column) => (column.field === field ? { ...column, hidden: !shown } : column));
  }
  return shown ? [...columns, { field }] : columns;
}

/** The columns on screen in their order: the first chosen one, then pinned ones, then the rest. */
export function visibleColumns(columns: Column[]): Column[] {
  const shown = columns.filter((column) => !column.hidden);
  const [first, ...rest] = shown;
  if (!first) return [];
  return [
    { ...first, pinned: true },
    ...rest.filter((column) => column.pinned),
    ...rest.filter((column) => !column.pinned),
  ];
}
