/** What people do to runs that do not go on; the lists of runs are asked for again. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toastError, toastSuccess } from "@/ui/toast";
import { cancelRuns, retryRuns, runsKey, skipStep } from "./requests";

export type Mending =
  | { verb: "retry" | "cancel"; runs: string[] }
  | { verb: "skip"; run: string; token: number; port: string };

export function useMend() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: Mending) =>
      asked.verb === "skip"
        ? skipStep(asked.run, asked.token, asked.port)
        : asked.verb === "retry"
          ? retryRuns(asked.runs)
          : cancelRuns(asked.runs),
    onSuccess: ({ result }, { verb }) => {
      if (result.runs > 0) toastSuccess(t(`automation.mended_${verb}`, { count: result.runs }));
      else toastError(t("automation.nothing_mended"));
      return client.invalidateQueries({ queryKey: runsKey() });
    },
    onError: toastError,
  });
}
