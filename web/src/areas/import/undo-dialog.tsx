/** Asks before a whole import is taken back; asks again when somebody changed its records since. */

import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { ApiError } from "@/lib/api";
import { formatNumber } from "@/lib/format";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { toastError } from "@/ui/toast";
import { undoImport } from "./requests";

export function UndoDialog({
  job,
  written,
  onUndone,
  onClose,
}: {
  job: ImportJob;
  /** Records that the import wrote. */
  written: number;
  onUndone: (job: ImportJob) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [conflicts, setConflicts] = useState(0);

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
