/** What people do to runs that do not go on; the lists of runs are asked for again. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toastError, toastSuccess } from "@/ui/toast";
import { cancelRuns, retryRuns, retryStep, runsKey, skipStep } from "./requests";

type Mending =
  | { verb: "retry" | "cancel"; runs: string[] }
  | { verb: "retry_step"; run: string; token: number }
  | { verb: "skip"; run: string; token: number; port: string };

function send(asked: Mending) {
  if (asked.verb === "skip") return skipStep(asked.run, asked.token, asked.port);
  if (asked.verb === "retry_step") return retryStep(asked.run, asked.token);
  return asked.verb === "retry" ? retryRuns(asked.runs) : cancelRuns(asked.runs);
}

export function useMend() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: ({ result }, { verb }) => {
      if (result.runs > 0) toastSuccess(t(`automation.mended_${verb}`, { count: result.runs }));
      else toastError(t("automation.nothing_mended"));
      return client.invalidateQueries({ queryKey: runsKey() });
    },
    onError: toastError,
  });
}
