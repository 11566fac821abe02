/** What the screens of web forms read and do. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { DraftOfWebForm, DrawnWebForm, RecordRow } from "@/api/types";
import { queryRecords, recordKeys } from "@/lib/records";
import { workspaceRequest } from "@/lib/workspace";

export const FORM = "web_form";
const MOST = 200;

export interface Question {
  field: string;
  required?: boolean;
  label?: string;
  label_en?: string;
}

export interface WebForm extends RecordRow {
  name: string;
  token: string;
  fields: Question[] | null;
  active: boolean;
}

export function formsQuery() {
  return queryOptions({
    queryKey: [...recordKeys.of(FORM), "settings"],
    queryFn: async ({ signal }) =>
      (await queryRecords(FORM, { sort: [{ field: "created_at", dir: "asc" }], limit: MOST }, signal))
        .rows as WebForm[],
  });
}

export function drawnQuery(draft: DraftOfWebForm) {
  return queryOptions({
    queryKey: [...recordKeys.of(FORM), "drawn", draft],
    queryFn: ({ signal }) =>
      workspaceRequest<DrawnWebForm>("/web-forms/preview", { method: "POST", body: draft, signal }),
    placeholderData: (before) => before,
    retry: false,
  });
}

export const formsChanged = (client: QueryClient) =>
  client.invalidateQueries({ queryKey: recordKeys.of(FORM) });

/** The address of a form, as strangers open it. */
export const addressOf = (token: string) => `${location.origin}/f/${token}`;
