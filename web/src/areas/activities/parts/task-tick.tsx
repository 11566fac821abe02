/** The box before a task in a timeline. */
import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RecordRow } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { can } from "@/lib/rights";
import { useCompleteTask } from "../requests/use-complete-task";

export function TaskTick({ record }: { record: RecordRow }) {
  const { t } = useTranslation();
  const complete = useCompleteTask();
  const edits = can(useObject("task"), "edit");
  const done = complete.isPending ? complete.variables.done : record.status === "done";
  return (
    <Checkbox
      size="xs"
      checked={done}
      disabled={complete.isPending || !edits}
      aria-label={t(done ? "activities.reopen" : "activities.complete")}
      onChange={(event) => complete.mutate({ id: record.id, done: event.currentTarget.checked })}
    />
  );
}
