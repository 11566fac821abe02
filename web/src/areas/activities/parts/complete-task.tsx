/** The primary action of a task. */
import { Button } from "@mantine/core";
import { Check, RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { RecordPartProps } from "@/records/page/extensions";
import { useCompleteTask } from "../requests/use-complete-task";

export function CompleteTask({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const complete = useCompleteTask();
  if (record._rights?.edit === false) return null;
  const done = record.status === "done";
  return (
    <Button
      variant={done ? "default" : "filled"}
      leftSection={done ? <RotateCcw size={14} /> : <Check size={14} />}
      loading={complete.isPending}
      onClick={() => complete.mutate({ id: record.id, done: !done })}
    >
      {t(done ? "activities.reopen" : "activities.complete")}
    </Button>
  );
}
