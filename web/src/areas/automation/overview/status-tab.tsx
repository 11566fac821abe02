/** How automation goes: the switch for all of it, what is behind, and the figures of each flow. */
import { Alert, Button, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CirclePause, CirclePlay, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowFigures, FlowStatus } from "@/api/types";
import { formatDateTime, formatNumber, formatRelative } from "@/lib/format";
import { useSystemRight } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError } from "@/ui/toast";
import classes from "../automation.module.css";
import { StateChip } from "../flow-state";
import type { Flow } from "../requests";
import { spanInWords } from "../run-words";
import { LimitsForm } from "./limits-form";
import own from "./overview.module.css";
import { resumeAll, statusKey, statusQuery, stopAll } from "./requests";

const DAYS = [1, 7, 30, 90];
const WEEK = 7;

export function StatusTab() {
  const { t } = useTranslation();
  const [days, setDays] = useState(WEEK);
  const status = useQuery(statusQuery(days));
  if (status.isError) return <ErrorState error={status.error} onRetry={() => status.refetch()} />;
  return (
    <>
      <div className={classes.filters}>
        <Select
          className={classes.filter}
          aria-label={t("automation.period")}
          allowDeselect={false}
          data={DAYS.map((one) => ({ value: String(one), label: t("automation.last_days", { count: one }) }))}
          value={String(days)}
          onChange={(one) => setDays(Number(one))}
        />
        <span className={classes.space} />
        {status.data && <SwitchForAll stopped={status.data.stopped} />}
      </div>
      {status.data ? <Told status={status.data} /> : <RowsSkeleton rows={8} height={48} />}
    </>
  );
}

function SwitchForAll({ stopped }: { stopped: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const may = useSystemRight("automation");
  const [stopping, setStopping] = useState(false);
  const change = useMutation({
    mutationFn: (stop: boolean) => (stop ? stopAll() : resumeAll()),
    onSuccess: () => client.invalidateQueries({ queryKey: statusKey() }),
    onError: toastError,
  });
  if (!may) return null;
  return (
    <>
      {stopped ? (
        <Button
          leftSection={<CirclePlay size={15} />}
          loading={change.isPending}
          onClick={() => change.mutate(false)}
        >
          {t("automation.resume_all")}
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<CirclePause size={15} />}
          loading={change.isPending}
          onClick={() => setStopping(true)}
        >
          {t("automation.stop_all")}
        </Button>
      )}
      <ConfirmDanger
        opened={stopping}
        title={t("automation.stop_all_title")}
        confirmLabel={t("automation.stop_all")}
        onConfirm={async () => {
          await change.mutateAsync(true);
        }}
        onClose={() => setStopping(false)}
      >
        {t("automation.stop_all_text")}
      </ConfirmDanger>
    </>
  );
}

function Told({ status }: { status: FlowStatus }) {
  const { t } = useTranslation();
  const behind = status.consumers.reduce((sum, { waiting }) => sum + waiting, 0);
  const held = status.consumers.reduce((sum, one) => sum + one.held, 0);
  const since = status.consumers.flatMap((one) => one.since ?? []).sort()[0];
  const tiles: [string, number, string | null, boolean][] = [
    [
      t("automation.behind"),
      behind,
      since ? t("automation.since", { time: formatRelative(since) }) : null,
      false,
    ],
    [
      t("automation.due_steps"),
      status.due,
      status.oldest ? t("automation.since", { time: formatRelative(status.oldest) }) : null,
      false,
    ],
    [t("automation.unsent"), status.unsent, null, false],
    [t("automation.given_up"), status.unsent_failed, null, status.unsent_failed > 0],
    [t("automation.held_changes"), held, null, held > 0],
  ];
  return (
    <>
      {status.stopped && (
        <Alert color="yellow" variant="light" mb="md" icon={<CirclePause size={16} />}>
          {t("automation.all_stopped")}
        </Alert>
      )}
      {held > 0 && (
        <Alert color="red" variant="light" mb="md" icon={<TriangleAlert size={16} />}>
          {t("automation.held_text")}
        </Alert>
      )}
      <dl className={own.tiles}>
        {tiles.map(([name, figure, more, bad]) => (
          <div key={name} data-bad={bad || undefined}>
            <dt>{name}</dt>
            <dd>{formatNumber(figure)}</dd>
            {more && <span className={classes.quiet}>{more}</span>}
          </div>
        ))}
      </dl>
      {status.flows.length === 0 ? (
        <EmptyState title={t("automation.no_flows")} />
      ) : (
        <Figures flows={status.flows} />
      )}
      <LimitsForm percent={status.failure_percent} least={status.failure_least} />
    </>
  );
}

function Figures({ flows }: { flows: readonly FlowFigures[] }) {
  const { t } = useTranslation();
  const ws = currentWorkspace();
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("automation.flow")}</th>
            <th className={own.figure}>{t("automation.runs")}</th>
            <th className={own.figure}>{t("automation.failed")}</th>
            <th className={own.figure}>{t("automation.open_runs")}</th>
            <th className={`${own.figure} ${classes.secondary}`}>{t("automation.average")}</th>
            <th className={`${own.figure} ${classes.secondary}`}>{t("automation.mails")}</th>
            <th className={classes.secondary}>{t("automation.last_run")}</th>
          </tr>
        </thead>
        <tbody>
          {flows.map(({ flow, ...one }) => (
            <tr key={flow.id}>
              <td>
                <Link
                  className={classes.name}
                  to="/w/$ws/settings/automation/$id"
                  params={{ ws, id: flow.id }}
                >
                  {flow.title ?? "—"}
                </Link>
                <div className={own.state}>
                  <StateChip state={one.state as Flow["state"]} />
                </div>
              </td>
              <td className={own.figure}>{formatNumber(one.runs)}</td>
              <td className={own.figure} data-bad={one.failed > 0 || undefined}>
                {one.failed > 0 ? (
                  <Link
                    to="/w/$ws/settings/automation/$id"
                    params={{ ws, id: flow.id }}
                    search={{ tab: "runs", state: "failed" }}
                  >
                    {formatNumber(one.failed)}
                  </Link>
                ) : (
                  0
                )}
              </td>
              <td className={own.figure}>{formatNumber(one.open)}</td>
              <td className={`${own.figure} ${classes.secondary}`}>
                {one.seconds === null ? "—" : spanInWords(one.seconds * 1000, t)}
              </td>
              <td className={`${own.figure} ${classes.secondary}`}>{formatNumber(one.mails)}</td>
              <td className={classes.secondary} title={one.last_at ? formatDateTime(one.last_at) : undefined}>
                {one.last_at ? formatRelative(one.last_at) : "—"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
