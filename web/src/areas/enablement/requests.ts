/** Scripts and materials: what fits a record, and the verbs. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ProposedScripts, UsedScript } from "@/api/types";
import { recordKeys, runAction } from "@/lib/records";
import { workspaceRequest } from "@/lib/workspace";

export interface ScriptsAsked {
  object: string;
  record: string;
  search?: string;
  stage?: string;
  product?: string;
  objection?: string;
}

export function useProposedScripts(asked: ScriptsAsked) {
  const { object, record, ...filters } = asked;
  return useQuery({
    queryKey: [...recordKeys.of("script"), "proposed", asked],
    queryFn: ({ signal }) =>
      workspaceRequest<ProposedScripts>(`/records/${object}/${record}/scripts`, { query: filters, signal }),
    placeholderData: keepPreviousData,
  });
}

interface Use {
  script: string;
  object: string;
  record: string;
  used_in: string;
}

/** Notes that a script was used with a record; the answer has its words for the record. */
export function useUseScript() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (use: Use) => runAction<UsedScript>("enablement/use-script", { ...use }),
    onSuccess: (_answer, { object, record }) =>
      client.invalidateQueries({ queryKey: recordKeys.timeline(object, record) }),
  });
}
