/** A hand-over at work: how far it is, and the way to stop it. */
import { Button, Progress } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { HandOverReport } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { Card } from "@/ui/card";
import { toastError } from "@/ui/toast";
import classes from "./hand-over.module.css";
import { cancelHandOver, handOverQuery } from "./requests";

export function ProgressCard({ report, title }: { report: HandOverReport; title: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { done, total } = report.progress;
  // Taking back is one step, of which nobody can say how far it is.
  const undoing = report.state === "undoing";
  const share = undoing ? 100 : total > 0 ? (done / total) * 100 : 0;
  const cancel = useMutation({
    mutationFn: () => cancelHandOver(report.id),
    onSuccess: (next) => client.setQueryData(handOverQuery(report.id).queryKey, next),
    onError: toastError,
  });
  return (
    <div aria-live="polite">
      <Card
        title={title}
        text={!undoing && t("hand-over.progress", { done: formatNumber(done), total: formatNumber(total) })}
      >
        <Progress value={share} animated mb="md" aria-label={title} />
        {!undoing && (
          <Button
            variant="default"
            loading={cancel.isPending || cancel.isSuccess}
            onClick={() => cancel.mutate()}
          >
            {t("hand-over.cancel")}
          </Button>
        )}
        <p className={classes.hint}>{t("hand-over.may_leave_page")}</p>
      </Card>
    </div>
  );
}
