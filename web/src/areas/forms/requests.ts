/** Forms that runs wait for, and flows that are started on a record. */
import { queryOptions } from "@tanstack/react-query";
import type { FlowButtons, FlowForm, FlowForms } from "@/api/types";
import { runAction } from "@/lib/records";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";

export type Answers = Record<string, unknown>;
export type Box = "open" | "done";

/** Of everything that is asked here. */
export const formsKey = () => ["forms", currentWorkspace()];

export function formsQuery(state: Box) {
  return queryOptions({
    queryKey: [...formsKey(), "box", state],
    queryFn: ({ signal }) => workspaceRequest<FlowForms>("/flows/forms", { query: { state }, signal }),
    select: ({ forms }) => forms,
    staleTime: 0,
  });
}

export function formQuery(id: string) {
  return queryOptions({
    queryKey: [...formsKey(), "one", id],
    queryFn: ({ signal }) => workspaceRequest<FlowForm>(`/flows/forms/${id}`, { signal }),
  });
}

export function buttonsQuery(object: string) {
  return queryOptions({
    queryKey: [...formsKey(), "buttons", object],
    queryFn: ({ signal }) => workspaceRequest<FlowButtons>(`/flows/buttons/${object}`, { signal }),
    select: ({ buttons }) => buttons,
    staleTime: 60_000,
  });
}

export const fillForm = (form: string, answers: Answers) => runAction("flows/fill-form", { form, answers });

export const startFlow = (flow: string, object: string, record: string, answers: Answers) =>
  runAction("flows/start", { flow, object, records: [record], answers });
