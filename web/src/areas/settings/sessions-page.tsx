/** Where the account is signed in, and how to end it elsewhere. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import { useTranslation } from "react-i18next";
import { endSessions, listSessions } from "@/lib/auth";
import { formatDateTime, formatRelative } from "@/lib/format";
import { usePageTitle } from "@/lib/use-page-title";
import { deviceName } from "@/lib/user-agent";
import { Chip } from "@/ui/chip";
import { Page, PageHeader } from "@/ui/page";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./sessions-page.module.css";

export function SessionsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const sessions = useQuery({ queryKey: ["devices"], queryFn: listSessions });
  usePageTitle(t("settings.sessions"));
  const end = useMutation({
    mutationFn: endSessions,
    onSuccess: () => {
      toastSuccess(t("settings.session_ended"));
      return client.invalidateQueries({ queryKey: ["devices"] });
    },
    onError: toastError,
  });
  const others = (sessions.data ?? []).filter((session) => !session.is_current);
  const shown = [...(sessions.data ?? [])].sort(
    (a, b) => Number(b.is_current) - Number(a.is_current) || b.created_at - a.created_at,
  );
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

  return (
    <Page
      width={760}
      header={
        <PageHeader
          title={t("settings.sessions")}
          actions={
            others.length > 0 && (
              <Button
                variant="default"
                loading={end.isPending}
                onClick={() => end.mutate(others.map(({ id }) => id))}
              >
                {t("settings.end_others")}
              </Button>
            )
          }
        />
      }
    >
      {sessions.isError ? (
        <ErrorState error={sessions.error} onRetry={() => sessions.refetch()} />
      ) : sessions.isPending ? (
        <RowsSkeleton rows={3} height={56} />
      ) : (
        <ul className={classes.list}>
          {shown.map((session) => {
            const seen = iso(session.last_seen_at ?? session.created_at);
            return (
              <li key={session.id} className={classes.row}>
                <MonitorSmartphone size={20} strokeWidth={1.5} className={classes.icon} aria-hidden />
                <div className={classes.text}>
                  <span className={classes.name}>
                    {deviceName(session.user_agent) || t("settings.unknown_device")}
                    {session.is_current && <Chip hue="green">{t("settings.this_device")}</Chip>}
                  </span>
                  <span className={classes.detail} title={formatDateTime(seen)}>
                    {session.ip} · {t("settings.last_seen", { when: formatRelative(seen) })}
                  </span>
                </div>
                {!session.is_current && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    disabled={end.isPending}
                    onClick={() => end.mutate([session.id])}
                  >
                    {t("settings.end_session")}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Page>
  );
}
