/** After a change of the configuration: what happened, and a way to take it back. */
import i18next from "i18next";
import type { DesignOutcome } from "@/api/types";
import { queryClient } from "@/lib/query-client";
import { toastError, toastSuccess } from "@/ui/toast";
import { showWithUndo } from "@/ui/undo-toast";
import { made } from "./requests";

export function showTakeBack(message: string, { change }: DesignOutcome): void {
  if (!change) {
    toastSuccess(message);
    return;
  }
  showWithUndo(message, change, async () => {
    try {
      await made(queryClient, "roll-back", { change });
      toastSuccess(i18next.t("objects.taken_back"));
    } catch (error) {
      toastError(error);
    }
  });
}
