/** Asks before a whole hand-over is taken back; asks again when somebody changed its records since. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HandOverReport } from "@/api/types";
import { ApiError } from "@/lib/api";
import { formatNumber } from "@/lib/format";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { toastError } from "@/ui/toast";
import { undoHandOver } from "./requests";

export function UndoDialog({
  report,
  moved,
  onUndone,
  onClose,
}: {
  report: HandOverReport;
  /** Records that changed hands. */
  moved: number;
  onUndone(report: HandOverReport): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [conflicts, setConflicts] = useState(0);

  const undo = async (skipConflicts: boolean) => {
    try {
      onUndone((await undoHandOver(report.id, skipConflicts)).hand_over);
      onClose();
    } catch (error) {
      if (error instanceof ApiError && error.code === "records.undo_conflicts") {
        setConflicts(Number(error.params.count));
      } else {
        toastError(error);
      }
    }
  };
  const again = conflicts > 0;
  const count = again ? conflicts : moved;
  return (
    <ConfirmDanger
      key={again ? "again" : "first"}
      opened
      closes={false}
      title={t(again ? "hand-over.conflicts_title" : "hand-over.undo_title")}
      confirmLabel={t(again ? "hand-over.undo_others" : "hand-over.undo")}
      onConfirm={() => undo(again)}
      onClose={onClose}
    >
      {t(again ? "hand-over.conflicts_text" : "hand-over.undo_text", {
        count,
        shown: formatNumber(count),
        name: report.member.title,
      })}
    </ConfirmDanger>
  );
}
