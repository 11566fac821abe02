/** To whom a lead was given, why, and what became of it; whoever may give it away has the rules do so. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { UserCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Hue, LeadGiven } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import type { RecordPartProps } from "@/records/page/extensions";
import { Chip } from "@/ui/chip";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./assignment.module.css";
import { assignLeads, assignmentsQuery, leadsChanged } from "./requests";

const HUES: Record<LeadGiven["state"], Hue> = {
  given: "blue",
  waiting: "amber",
  accepted: "green",
  expired: "red",
  replaced: "slate",
  pooled: "cyan",
};

export function AssignmentTab({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const found = useQuery(assignmentsQuery(record.id));
  const assign = useMutation({
    mutationFn: () => assignLeads([record.id]),
    onSuccess: ({ result }) => {
      const [one] = result.assigned;
      if (one?.member) toastSuccess(t("assignment.assigned"));
      else toastError(one?.why ?? t("assignment.closed"));
    },
    onError: toastError,
    onSettled: () => leadsChanged(client),
  });
  if (found.isError) return <ErrorState compact error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <RowsSkeleton rows={3} height={48} />;
  const { given, may_assign } = found.data;
  return (
    <>
      {may_assign && (
        <div className={classes.tools}>
          <Button
            variant="default"
            leftSection={<UserCheck size={16} />}
            loading={assign.isPending}
            onClick={() => assign.mutate()}
          >
            {t("assignment.assign_now")}
          </Button>
        </div>
      )}
      {given.length === 0 ? (
        <EmptyState title={t("assignment.none_given")} />
      ) : (
        <ol className={classes.given}>
          {given.map((one) => (
            <li key={one.id}>
              <div className={classes.givenHead}>
                <span className={classes.who}>
                  {one.member ? (one.member.title ?? t("assignment.unseen")) : t("assignment.pool")}
                </span>
                <Chip hue={HUES[one.state]}>{t(`assignment.state_${one.state}`)}</Chip>
                <span className={classes.space} />
                <time className={classes.detail} dateTime={one.at}>
                  {formatDateTime(one.at)}
                </time>
              </div>
              <p className={classes.detail}>{one.reasons.join(" · ")}</p>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
