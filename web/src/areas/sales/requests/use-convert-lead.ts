/** POST actions/sales/convert-lead: makes what a lead becomes, all in one change set. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { recordKeys, runAction } from "@/lib/records";

export interface ConvertLeadParams {
  lead: string;
  company: string | null;
  contact: string | null;
  create_opportunity: boolean;
  opportunity_name: string | null;
  amount: string | null;
}

export interface ConvertedLead {
  company: string | null;
  contact: string | null;
  opportunity: string | null;
}

export function useConvertLead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (params: ConvertLeadParams) => runAction<ConvertedLead>("sales/convert-lead", { ...params }),
    onSuccess: () => client.invalidateQueries({ queryKey: recordKeys.all() }),
  });
}
