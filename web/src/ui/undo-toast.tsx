/** The toast after a change: what happened, and eight seconds to take it back. */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { lazy, Suspense } from "react";
import { queryClient } from "@/lib/query-client";
import { recordKeys, undoChangeSet } from "@/lib/records";
import { toastError, toastSuccess } from "./toast";

const UNDO_MS = 8_000;
const UndoProgress = lazy(() => import("./undo-progress"));

async function undo(changeSet: string, skipConflicts = false): Promise<void> {
  try {
    const result = await undoChangeSet(changeSet, { skip_conflicts: skipConflicts });
    if (result.progress) return showProgress(changeSet, skipConflicts);
    tellUndone(result.conflicts.length);
    await queryClient.invalidateQueries({ queryKey: recordKeys.all() });
  } catch (error) {
    toastError(error);
  }
}

function tellUndone(conflicts: number): void {
  if (conflicts > 0) toastError(i18next.t("ui.undo_conflicts", { count: conflicts }));
  else toastSuccess(i18next.t("ui.undone"));
}

/** A job takes very many records back: the toast stays until it is over, and the job does not mind when it is closed. */
function showProgress(changeSet: string, skipConflicts: boolean): void {
  // The one that skips conflicts follows one that met some: it is another toast, and asks anew.
  const id = `undoing-${changeSet}-${skipConflicts}`;
  notifications.show({
    id,
    autoClose: false,
    withCloseButton: true,
    message: (
      <Suspense>
        <UndoProgress
          changeSet={changeSet}
          attempt={id}
          onOver={(conflicts) => {
            notifications.hide(id);
            tellUndone(conflicts);
          }}
          onSkip={() => {
            notifications.hide(id);
            void undo(changeSet, true);
          }}
        />
      </Suspense>
    ),
  });
}

/** Shows `message` with "撤销"; without a change set only the message. */
export function showUndo(message: string, changeSet: string | null | undefined): void {
  if (!changeSet) {
    toastSuccess(message);
    return;
  }
  showWithUndo(message, changeSet, () => undo(changeSet));
}

/** Shows `message` with "撤销", which runs `takeBack`; `what` tells toasts apart. */
export function showWithUndo(message: string, what: string, takeBack: () => Promise<void>): void {
  const id = `undo-${what}`;
  const press = () => {
    notifications.hide(id);
    takeBack();
  };
  notifications.show({
    id,
    autoClose: UNDO_MS,
    withCloseButton: true,
    message: (
      <div style={{ display: "flex", alignItems: "center", gap: 12 }}>
        <span style={{ flex: 1 }}>{message}</span>
        <Button size="compact-sm" variant="subtle" onClick={press}>
          {i18next.t("ui.undo")}
        </Button>
      </div>
    ),
  });
}
