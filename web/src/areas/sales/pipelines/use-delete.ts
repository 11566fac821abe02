/** Deletes a stage or a pipeline, with a way back; one that opportunities stand in is asked about instead. */
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/lib/api";
import { deleteRecord, recordKeys } from "@/lib/records";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import type { Pipeline, Stage } from "./pipelines";

export type Doomed = { object: "stage"; record: Stage } | { object: "pipeline"; record: Pipeline };

/** What cannot be deleted yet, and how many opportunities stand there. */
export type Subject = Doomed & { count: number };

export function useDelete(onHeld: (subject: Subject) => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return async (doomed: Doomed) => {
    try {
      const { change_set } = await deleteRecord(doomed.object, doomed.record.id);
      showUndo(t("pipelines.deleted", { name: doomed.record.name }), change_set);
      await Promise.all(
        ["pipeline", "stage"].map((key) => client.invalidateQueries({ queryKey: recordKeys.of(key) })),
      );
    } catch (error) {
      const used = error instanceof ApiError && error.code === "records.still_used" ? error.params : null;
      if (used?.object === "opportunity") onHeld({ ...doomed, count: Number(used.count) });
      else toastError(error);
    }
  };
}
