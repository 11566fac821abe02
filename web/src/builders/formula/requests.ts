/** What the server says of a formula: its type, its value on a record, what is wrong with it and where. */
import { queryOptions } from "@tanstack/react-query";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";
import type { FormulaFunction } from "./completion";

interface FormulaError {
  from: number;
  to: number;
  code: string;
  message: string;
}

export interface FormulaAnswer {
  type: { name: string; currency?: string | null; target?: string } | null;
  value: unknown;
  text: string;
  errors: FormulaError[];
  references: { from: number; to: number; path: string; label: string; kind: string }[];
  /** With the keys of fields, as it is stored. */
  canonical: string | null;
  /** With the labels of fields, as it is read. */
  display: string | null;
}

export function functionsQuery() {
  return queryOptions({
    queryKey: ["design", currentWorkspace(), "functions"],
    queryFn: ({ signal }) =>
      workspaceRequest<{ functions: FormulaFunction[] }>("/design/functions", { signal }),
    select: ({ functions }) => functions,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function previewQuery(object: string, expression: string, record: string | null) {
  const body = { expression, ...(record ? { record } : {}) };
  return queryOptions({
    queryKey: ["design", currentWorkspace(), "formula", object, body],
    queryFn: ({ signal }) =>
      workspaceRequest<FormulaAnswer>(`/records/${object}/formula-preview`, { method: "POST", body, signal }),
    enabled: expression.trim() !== "",
    retry: false,
  });
}
