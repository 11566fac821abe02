/** Deletes an empty department at once, with a way back; the server refuses one that still has people. */
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { deleteRecord, recordKeys } from "@/lib/records";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import type { Department } from "./people";

export function useDeleteDepartment() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return async (department: Department) => {
    try {
      const { change_set } = await deleteRecord("department", department.id);
      showUndo(t("settings.department_deleted", { name: department.name }), change_set);
      await client.invalidateQueries({ queryKey: recordKeys.of("department") });
    } catch (error) {
      toastError(error);
    }
  };
}
