/** Asks before a whole import is taken back; asks again when somebody changed its records since. */

import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/lib/api";
import { formatNumber } from "@/lib/format";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { toastError } from "@/ui/toast";
import { type ShownImport, undoImport } from "./requests";

export function UndoDialog({
  job,
  written,
  onUndone,
  onClose,
}: {
  job: ShownImport;
  /** Records that the import wrote. */
  written: number;
  onUndone: (job: ShownImport) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  // Of very many records the server looks for conflicts as it goes, and tells of them on the import.
  const [conflicts, setConflicts] = useState(
    job.error?.code === "records.undo_conflicts" ? Number(job.error.params.count) : 0,
  );

  const undo = async (skipConflicts: boolean) => {
    try {
      onUndone(await undoImport(job.id, skipConflicts));
      onClose();
    } catch (error) {
      if (error instanceof ApiError && error.code === "records.undo_conflicts") {
        setConflicts(Number(error.params.count));
      } else {
        toastError(error);
      }
    }
  };

  return conflicts > 0 ? (
    <ConfirmDanger
      opened
      closes={false}
      title={t("import.conflicts_title")}
      confirmLabel={t("import.undo_others")}
      onConfirm={() => undo(true)}
      onClose={onClose}
    >
      {t("import.conflicts_text", { count: conflicts, shown: formatNumber(conflicts) })}
    </ConfirmDanger>
  ) : (
    <ConfirmDanger
      opened
      closes={false}
      title={t("import.undo_title")}
      confirmLabel={t("import.undo")}
      onConfirm={() => undo(false)}
      onClose={onClose}
    >
      {t("import.undo_text", { count: written, shown: formatNumber(written) })}
    </ConfirmDanger>
  );
}
