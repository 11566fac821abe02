/** The toast after a change: what happened, and eight seconds to take it back. */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { queryClient } from "@/lib/query-client";
import { recordKeys, undoChangeSet } from "@/lib/records";
import { toastError, toastSuccess } from "./toast";

const UNDO_MS = 8_000;

async function undo(changeSet: string): Promise<void> {
  try {
    const result = await undoChangeSet(changeSet);
    if (result.conflicts.length > 0) {
      toastError(i18next.t("ui.undo_conflicts", { count: result.conflicts.length }));
    } else {
      toastSuccess(i18next.t("ui.undone"));
    }
    await queryClient.invalidateQueries({ queryKey: recordKeys.all() });
  } catch (error) {
    toastError(error);
  }
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
