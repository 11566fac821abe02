/** POST actions/sales/convert-lead: makes what a lead becomes, all in one change set. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ConvertedLead, ConvertLead } from "@/api/types";
import { recordKeys, runAction } from "@/lib/records";

export function useConvertLead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (params: ConvertLead) => runAction<ConvertedLead>("sales/convert-lead", { ...params }),
    onSuccess: () => client.invalidateQueries({ queryKey: recordKeys.all() }),
  });
}
