/** How a member signs in, on the member's page: sessions to end, a second factor to reset. */
import { Button, Group } from "@mantine/core";
import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { MonitorSmartphone, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime, formatRelative } from "@/lib/format";
import { loadTexts } from "@/lib/i18n";
import { runAction } from "@/lib/records";
import { deviceName } from "@/lib/user-agent";
import type { RecordPartProps } from "@/records/page/extensions";
import { Chip } from "@/ui/chip";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError, toastSuccess } from "@/ui/toast";
import { Writable } from "@/ui/writable";
import { memberSignInQuery } from "./queries";
import classes from "./security.module.css";

export function MemberSignInTab({ record }: RecordPartProps) {
  const { t } = useTranslation();
  useSuspenseQuery({
    queryKey: ["security-texts"],
    queryFn: async () => (await loadTexts("areas/settings/security")) ?? true,
  });
  const client = useQueryClient();
  const told = useQuery(memberSignInQuery(record.id));
  const [resetting, setResetting] = useState(false);
  const run = async (action: string, params: Record<string, unknown>, done: string) => {
    try {
      await runAction(`identity/${action}`, { member: record.id, ...params });
      toastSuccess(t(done));
    } catch (error) {
      toastError(error);
    }
    await client.invalidateQueries({ queryKey: ["member-sign-in"] });
  };

  if (told.isError) return <ErrorState error={told.error} onRetry={() => told.refetch()} />;
  if (told.isPending) return <RowsSkeleton rows={3} height={56} />;
  const { has_account, sessions, second_factor: factor } = told.data;
  if (!has_account)
    return <EmptyState title={t("security.no_account")}>{t("security.no_account_text")}</EmptyState>;
  const ways = factor
    ? [
        factor.app && t("security.app"),
        factor.passkeys > 0 && t("security.passkeys_count", { number: factor.passkeys }),
        factor.recovery_codes > 0 && t("security.codes_count", { number: factor.recovery_codes }),
      ].filter(Boolean)
    : [];
  return (
    <Writable>
      <div className={classes.panel}>
        <div className={classes.row}>
          <ShieldCheck size={20} strokeWidth={1.5} className={classes.icon} aria-hidden />
          <div className={classes.words}>
            <span className={classes.name}>
              {t("security.two_step")}
              <Chip hue={ways.length > 0 ? "green" : "slate"}>
                {t(ways.length > 0 ? "security.on" : "security.off")}
              </Chip>
              {factor?.required && <Chip hue="blue">{t("security.required")}</Chip>}
            </span>
            <span className={classes.detail}>{ways.join(" · ") || t("security.member_none")}</span>
          </div>
          {ways.length > 0 && (
            <div className={classes.buttons}>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                disabled={!factor?.can_be_reset}
                title={factor?.can_be_reset ? undefined : t("security.reset_not_here")}
                onClick={() => setResetting(true)}
              >
                {t("security.reset")}
              </Button>
            </div>
          )}
        </div>
        <Group justify="space-between" mt="md">
          <h3 className={classes.heading}>{t("security.member_sessions")}</h3>
          {sessions.length > 1 && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => run("end-sessions", {}, "security.ended")}
            >
              {t("security.end_all")}
            </Button>
          )}
        </Group>
        {sessions.length === 0 ? (
          <p className={classes.detail}>{t("security.sessions_none")}</p>
        ) : (
          <ul className={classes.list}>
            {sessions.map((session) => (
              <li key={session.id} className={classes.row}>
                <MonitorSmartphone size={20} strokeWidth={1.5} className={classes.icon} aria-hidden />
                <div className={classes.words}>
                  <span className={classes.name}>
                    {deviceName(session.user_agent) || t("settings.unknown_device")}
                    {session.is_current && <Chip hue="green">{t("settings.this_device")}</Chip>}
                  </span>
                  <span className={classes.detail} title={formatDateTime(session.last_seen_at)}>
                    {session.address} ·{" "}
                    {t("settings.last_seen", { when: formatRelative(session.last_seen_at) })}
                  </span>
                </div>
                <div className={classes.buttons}>
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    onClick={() => run("end-sessions", { session: session.id }, "security.ended")}
                  >
                    {t("security.end")}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        )}
        <ConfirmDanger
          opened={resetting}
          title={t("security.reset_title", { name: String(record.name) })}
          confirmLabel={t("security.reset")}
          onConfirm={() => run("reset-second-factor", {}, "security.reset_done")}
          onClose={() => setResetting(false)}
        >
          {t("security.reset_text")}
        </ConfirmDanger>
      </div>
    </Writable>
  );
}
