/** Whether the log is as it was written, as far as somebody has looked, and the button that looks. */
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { AuditState } from "@/api/types";
import { formatDateTime, formatNumber, formatRelative } from "@/lib/format";
import { toastError } from "@/ui/toast";
import classes from "./audit.module.css";
import { auditStateQuery, verifyAudit } from "./requests";

interface VerdictCardProps {
  state: AuditState | undefined;
  /** The log has a new entry: that it was gone over. */
  onVerified(): void;
}

export function VerdictCard({ state, onVerified }: VerdictCardProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const verify = useMutation({
    mutationFn: verifyAudit,
    onSuccess: (next) => client.setQueryData(auditStateQuery().queryKey, next),
    onError: toastError,
  });
  const running = Boolean(state?.running) || verify.isPending;
  const ran = useRef(false);
  useEffect(() => {
    if (ran.current && !running) onVerified();
    ran.current = running;
  }, [running, onVerified]);
  if (!state) return null;
  const { last } = state;
  const broken = (last?.broken ?? 0) > 0;
  const Picture = broken ? ShieldAlert : last ? ShieldCheck : ShieldQuestion;
  return (
    <section
      className={classes.verdict}
      data-broken={broken || undefined}
      data-whole={(last && !broken) || undefined}
      aria-label={t("audit.verdict")}
    >
      <Picture size={20} strokeWidth={1.75} className={classes.picture} aria-hidden />
      <div className={classes.verdictText} aria-live="polite">
        <strong>
          {running
            ? t("audit.verifying")
            : last
              ? t(broken ? "audit.is_broken" : "audit.is_whole", { count: last.broken })
              : t("audit.not_verified")}
        </strong>
        {last && (
          <span className={classes.quiet} title={formatDateTime(last.at)}>
            {t("audit.verified", {
              when: formatRelative(last.at),
              who: last.by?.title ?? t("audit.system"),
              entries: formatNumber(last.entries),
              changes: formatNumber(last.changes),
            })}
          </span>
        )}
        {broken && (
          <ul className={classes.breaks}>
            {last?.breaks.map((one, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: several may be of one place
              <li key={place}>{one.says}</li>
            ))}
            {last && last.broken > last.breaks.length && (
              <li>{t("audit.and_more", { count: last.broken - last.breaks.length })}</li>
            )}
          </ul>
        )}
      </div>
      <Button variant="default" loading={running} onClick={() => verify.mutate()}>
        {t("audit.verify")}
      </Button>
    </section>
  );
}
