/** Over a lead: that it waits for the reader to accept it, or for somebody to be there. */
import { Alert, Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, Clock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "@/lib/format";
import type { RecordPartProps } from "@/records/page/extensions";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./assignment.module.css";
import { acceptLead, assignmentsQuery, leadsChanged } from "./requests";

export function AcceptBanner({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const found = useQuery(assignmentsQuery(record.id)).data;
  const accept = useMutation({
    mutationFn: () => acceptLead(record.id),
    onSuccess: () => toastSuccess(t("assignment.accepted")),
    onError: toastError,
    onSettled: () => leadsChanged(client),
  });
  if (found?.to_accept) {
    return (
      <Alert color="orange" variant="light" p="sm" icon={<Clock size={16} />} role="status">
        <span className={classes.banner}>
          <span>{t("assignment.accept_by", { at: formatDateTime(found.to_accept) })}</span>
          <Button
            size="compact-sm"
            leftSection={<Check size={14} />}
            loading={accept.isPending}
            onClick={() => accept.mutate()}
          >
            {t("assignment.accept")}
          </Button>
        </span>
      </Alert>
    );
  }
  if (!found?.awaits) return null;
  return (
    <Alert color="blue" variant="light" p="sm" icon={<Clock size={16} />} role="status">
      {t("assignment.awaits")}
    </Alert>
  );
}
