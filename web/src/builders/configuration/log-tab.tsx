/** The configurations that were applied, by whom and from where, each with a way back. */
import { Alert, Button, Progress } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { TriangleAlert, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppliedConfiguration, Reference } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { sessionQuery } from "@/lib/me";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError, toastSuccess } from "@/ui/toast";
import classes from "./configuration.module.css";
import { appliedQuery, rollBack } from "./requests";

export function LogTab({ onCompare }: { onCompare: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const answer = useQuery(appliedQuery());
  const [asked, setAsked] = useState<AppliedConfiguration | null>(null);
  if (answer.isError) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (answer.isPending) return <RowsSkeleton rows={5} height={56} />;
  const { applied, steps } = answer.data;
  const takeBack = async (one: AppliedConfiguration) => {
    try {
      await rollBack(client, one.id);
      toastSuccess(t("configuration.rolled_back_done"));
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <>
      {steps.waiting > 0 && (
        <section className={classes.card} role="status">
          <p className={classes.quiet}>{t("configuration.steps", { count: steps.waiting })}</p>
          <Progress value={100} striped animated mt={6} aria-label={t("configuration.steps_short")} />
        </section>
      )}
      {steps.failed > 0 && (
        <Alert color="red" variant="light" mb="sm" icon={<TriangleAlert size={16} />}>
          {t("configuration.steps_failed", { count: steps.failed })}
        </Alert>
      )}
      {applied.length === 0 ? (
        <section className={classes.card}>
          <EmptyState
            title={t("configuration.nothing_applied")}
            action={
              <Button variant="default" onClick={onCompare}>
                {t("configuration.tab_compare")}
              </Button>
            }
          >
            {t("configuration.nothing_applied_text")}
          </EmptyState>
        </section>
      ) : (
        <ol className={classes.frame}>
          {applied.map((one) => (
            <Row key={one.id} one={one} onRollBack={() => setAsked(one)} />
          ))}
        </ol>
      )}
      <ConfirmDanger
        opened={asked !== null}
        title={t("configuration.roll_back_title")}
        confirmLabel={t("configuration.roll_back")}
        onConfirm={async () => {
          if (asked) await takeBack(asked);
        }}
        onClose={() => setAsked(null)}
      >
        {t("configuration.roll_back_text")}
      </ConfirmDanger>
    </>
  );
}

function Row({ one, onRollBack }: { one: AppliedConfiguration; onRollBack: () => void }) {
  const { t } = useTranslation();
  const actor = (one.actor as Reference | null)?.title;
  const who = actor ?? t("configuration.by_system");
  const workspaces = useQuery(sessionQuery()).data?.workspaces ?? [];
  const named = workspaces.find(({ slug }) => slug === one.source)?.name ?? one.source;
  const from = one.source === "files" ? t("configuration.from_files") : named;
  return (
    <li className={classes.sandbox}>
      <Avatar name={actor ?? "?"} size={28} />
      <div className={classes.text}>
        <div className={classes.head}>
          <span className={classes.name}>{t("configuration.from", { from })}</span>
          {one.rolled_back && <Chip>{t("configuration.rolled_back")}</Chip>}
        </div>
        <span className={classes.quiet}>
          {who} · {formatDateTime(one.at)} · <Counts counts={one.counts} />
        </span>
      </div>
      {!one.rolled_back && (
        <Button size="compact-sm" variant="subtle" leftSection={<Undo2 size={14} />} onClick={onRollBack}>
          {t("configuration.roll_back")}
        </Button>
      )}
    </li>
  );
}

function Counts({ counts }: { counts: Record<string, number> }) {
  const { t } = useTranslation();
  const told = (["added", "changed", "removed"] as const).flatMap((op) => {
    const count = Object.entries(counts)
      .filter(([name]) => name.endsWith(`.${op}`))
      .reduce((sum, [, each]) => sum + each, 0);
    return count > 0 ? [t(`configuration.count_${op}`, { count })] : [];
  });
  return told.join(t("configuration.comma"));
}
