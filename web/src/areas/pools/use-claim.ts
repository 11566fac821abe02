/** Claiming: what was got, and what somebody else was faster with, said in a toast. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toastError, toastSuccess } from "@/ui/toast";
import { claimRecords, recordsMoved } from "./requests";

export function useClaim(object: string, after?: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (records: string[]) => claimRecords(object, records),
    onSuccess: ({ result: { claimed, taken } }) => {
      toastSuccess(t("pools.claimed", { count: claimed.length }));
      for (const { title, who } of taken) toastError(t("pools.taken", { title, who: who ?? "—" }));
      after?.();
    },
    onError: toastError,
    onSettled: () => recordsMoved(client, object),
  });
}
