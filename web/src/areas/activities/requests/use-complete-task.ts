/** POST actions/activities/complete-task; opening a task again is an ordinary change of its status. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { recordKeys, runAction, updateRecord } from "@/lib/records";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";

export function useCompleteTask() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, done }: { id: string; done: boolean }) => {
      if (done) return (await runAction("activities/complete-task", { task: id })).change_set;
      await updateRecord("task", id, { status: "open" });
      return null;
    },
    onSuccess: (changeSet, { done }) =>
      showUndo(t(done ? "activities.completed" : "activities.reopened"), changeSet),
    onError: toastError,
    // Timelines show tasks under the records they are about, so all of them are asked again.
    onSettled: () => client.invalidateQueries({ queryKey: recordKeys.all() }),
  });
}
