/** How far the undo of very many records is, and what came of it; it goes on by itself, whoever looks. */
import { Button, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/lib/format";
import { queryClient } from "@/lib/query-client";
import { recordKeys, undoProgress } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";

const EVERY_MS = 1_000;

export default function UndoProgress({
  changeSet,
  attempt,
  onOver,
  onSkip,
}: {
  changeSet: string;
  /** Tells one attempt from another. */
  attempt: string;
  /** Called once it is done; conflicts were left as they are. */
  onOver(conflicts: number): void;
  /** Takes back all that nobody changed since. */
  onSkip(): void;
}) {
  const { t } = useTranslation();
  const answer = useQuery(
    {
      queryKey: ["undo", currentWorkspace(), attempt],
      queryFn: ({ signal }) => undoProgress(changeSet, signal),
      refetchInterval: ({ state }) => (isOver(state.data?.state) ? false : EVERY_MS),
      gcTime: 0,
      staleTime: 0,
    },
    queryClient,
  );
  const now = answer.data;
  const over = isOver(now?.state);
  useEffect(() => {
    if (!over || !now) return;
    void queryClient.invalidateQueries({ queryKey: recordKeys.all() });
    if (now.state === "done") onOver(now.conflicts);
  }, [over, now, onOver]);
  if (now?.state === "failed") {
    return (
      <>
        <div>{now.error?.message}</div>
        {now.conflicts > 0 && (
          <Button size="compact-sm" variant="light" mt={8} onClick={onSkip}>
            {t("ui.undo_others")}
          </Button>
        )}
      </>
    );
  }
  const { done = 0, total = 0 } = now ?? {};
  return (
    <>
      <div>
        {done > 0
          ? t("ui.undoing", { done: formatNumber(done), total: formatNumber(total) })
          : t("ui.undo_checking", { total: formatNumber(total) })}
      </div>
      <Progress
        value={total > 0 ? (done / total) * 100 : 0}
        animated
        mt={8}
        aria-label={t("ui.undo_progress")}
      />
    </>
  );
}

const isOver = (state: string | undefined) => state === "done" || state === "failed" || state === "none";
