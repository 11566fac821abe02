/** Addresses of the lists of opportunities behind figures. */
import type { Filter, ForecastPage, ForecastRow } from "@/api/types";
import { currentWorkspace } from "@/lib/workspace";

export type Column = "won" | "commit" | "best_case" | "pipeline" | "omitted" | "weighted";

/** The list behind a figure of somebody; null for departments, whose figures open their people, and for what no list adds up to. */
export function dealsHref(page: ForecastPage, { place }: ForecastRow, column: Column): string | null {
  if (place.kind === "department" || column === "weighted") return null;
  const { begins, ends } = page.period;
  const field = column === "won" ? "closed_on" : "expected_close_on";
  return listHref([
    ...ownedBy(place),
    { field: "status", op: "eq", value: column === "won" ? "won" : "open" },
    { field, op: "between", value: [begins, ends] },
    ...(column === "won" ? [] : [{ field: "forecast_category", op: "eq", value: column }]),
  ]);
}

/** Open opportunities that should have been closed by now, and those without a day. */
export function overdueHref(page: ForecastPage): string {
  return listHref([
    ...ownedBy(page.node.place),
    { field: "status", op: "eq", value: "open" },
    {
      or: [
        { field: "expected_close_on", op: "is_empty" },
        { field: "expected_close_on", op: "lt", value: page.period.begins },
      ],
    },
  ]);
}

function ownedBy({ kind, id, title }: ForecastRow["place"]): Filter[] {
  if (kind === "nobody") return [{ field: "owner", op: "is_empty" }];
  return kind === "person" ? [{ field: "owner", op: "eq", value: { id, title } }] : [];
}

function listHref(parts: Filter[]): string {
  const where = encodeURIComponent(JSON.stringify({ and: parts }));
  return `/w/${encodeURIComponent(currentWorkspace())}/o/opportunity?type=table&where=${where}`;
}
