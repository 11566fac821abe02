/** Runs as a list: which flow, about which record, how it went; those that failed are tried again together. */
import { Button, Checkbox, Select } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RotateCcw, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowRun } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { formatDateTime, formatRelative } from "@/lib/format";
import { label } from "@/lib/label";
import { useSystemRight } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { RecordLink } from "@/records/lookup/record-link";
import { Chip } from "@/ui/chip";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./automation.module.css";
import { flowsQuery, runsQuery, type WantedRuns } from "./requests";
import { hasEnded, RUN_HUES, RUN_STATES } from "./run-words";
import { useMend } from "./use-mend";

const RUN_DAYS = [1, 7, 30];

interface RunListProps {
  wanted: WantedRuns;
  onWant(wanted: WantedRuns): void;
  /** The runs of one flow: its name is not said again. */
  ofFlow?: boolean;
}

export function RunList({ wanted, onWant, ofFlow }: RunListProps) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(runsQuery(wanted));
  const flows = useQuery({ ...flowsQuery(), enabled: !ofFlow }).data ?? [];
  const mends = useSystemRight("automation");
  const mend = useMend();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [cancelling, setCancelling] = useState(false);
  const runs = list.data?.pages.flatMap((page) => page.runs) ?? [];
  const open = runs.filter((run) => !hasEnded(run));
  const picked = open.filter(({ id }) => chosen.has(id));
  const failed = picked.filter(({ state }) => state === "failed").map(({ id }) => id);
  const narrowed = Boolean(wanted.state || wanted.record || wanted.days || (!ofFlow && wanted.flow));
  const set = (part: WantedRuns) => {
    setChosen(new Set());
    onWant({ ...wanted, ...part });
  };
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const done = { onSuccess: () => setChosen(new Set()) };
  return (
    <>
      <div className={classes.filters}>
        {!ofFlow && (
          <Select
            className={classes.filter}
            aria-label={t("automation.flow")}
            placeholder={t("automation.every_flow")}
            searchable
            clearable
            data={flows.map(({ id, name }) => ({ value: id, label: name }))}
            value={wanted.flow ?? null}
            onChange={(flow) => set({ flow: flow ?? undefined })}
          />
        )}
        <Select
          className={classes.filter}
          aria-label={t("automation.run_state")}
          placeholder={t("automation.every_state")}
          clearable
          data={RUN_STATES.map((state) => ({ value: state, label: t(`automation.run_${state}`) }))}
          value={wanted.state ?? null}
          onChange={(state) => set({ state: state ?? undefined })}
        />
        <Select
          className={classes.filter}
          aria-label={t("automation.period")}
          placeholder={t("automation.any_time")}
          clearable
          data={RUN_DAYS.map((days) => ({
            value: String(days),
            label: t("automation.last_days", { count: days }),
          }))}
          value={wanted.days ? String(wanted.days) : null}
          onChange={(days) => set({ days: days ? Number(days) : undefined })}
        />
        {wanted.record && (
          <Button
            variant="light"
            rightSection={<X size={14} />}
            aria-label={t("automation.every_record")}
            onClick={() => set({ record: undefined })}
          >
            {t("automation.one_record")}
          </Button>
        )}
        {mends && picked.length > 0 && (
          <>
            <span className={classes.space} />
            {failed.length > 0 && (
              <Button
                variant="default"
                leftSection={<RotateCcw size={15} />}
                loading={mend.isPending}
                onClick={() => mend.mutate({ verb: "retry", runs: failed }, done)}
              >
                {t("automation.retry_count", { count: failed.length })}
              </Button>
            )}
            <Button variant="default" onClick={() => setCancelling(true)}>
              {t("automation.cancel_count", { count: picked.length })}
            </Button>
          </>
        )}
      </div>
      {list.isError ? (
        <ErrorState error={list.error} onRetry={() => list.refetch()} />
      ) : list.isPending ? (
        <RowsSkeleton rows={8} height={48} />
      ) : runs.length === 0 ? (
        <EmptyState
          kind={narrowed ? "search" : "empty"}
          title={t(narrowed ? "automation.no_such_runs" : "automation.no_runs")}
          action={
            narrowed && (
              <Button variant="default" onClick={() => onWant(ofFlow ? { flow: wanted.flow } : {})}>
                {t("list.clear_filters")}
              </Button>
            )
          }
        >
          {narrowed ? undefined : t("automation.no_runs_text")}
        </EmptyState>
      ) : (
        <div className={classes.frame}>
          <table className={classes.table}>
            <thead>
              <tr>
                {mends && (
                  <th className={classes.tick}>
                    <Checkbox
                      size="xs"
                      aria-label={t("automation.choose_all")}
                      disabled={open.length === 0}
                      checked={open.length > 0 && picked.length === open.length}
                      indeterminate={picked.length > 0 && picked.length < open.length}
                      onChange={(event) =>
                        setChosen(new Set(event.currentTarget.checked ? open.map(({ id }) => id) : []))
                      }
                    />
                  </th>
                )}
                <th>{t("automation.run_state")}</th>
                {!ofFlow && <th>{t("automation.flow")}</th>}
                <th>{t("automation.record")}</th>
                <th className={classes.secondary}>{t("automation.starter")}</th>
                <th className={classes.secondary}>{t("automation.started")}</th>
                <th className={classes.secondary}>{t("automation.steps")}</th>
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <RunRow
                  key={run.id}
                  run={run}
                  ofFlow={ofFlow}
                  tick={
                    mends && (
                      <td className={classes.tick}>
                        {!hasEnded(run) && (
                          <Checkbox
                            size="xs"
                            aria-label={t("automation.choose_run", { time: formatDateTime(run.started_at) })}
                            checked={chosen.has(run.id)}
                            onChange={() => toggle(run.id)}
                          />
                        )}
                      </td>
                    )
                  }
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {t("automation.more")}
          </Button>
        </div>
      )}
      <ConfirmDanger
        opened={cancelling}
        title={t("automation.cancel_title", { count: picked.length })}
        count={picked.length}
        confirmLabel={t("automation.cancel_runs")}
        onConfirm={async () => {
          await mend.mutateAsync({ verb: "cancel", runs: picked.map(({ id }) => id) }, done);
        }}
        onClose={() => setCancelling(false)}
      >
        {t("automation.cancel_text")}
      </ConfirmDanger>
    </>
  );
}

function RunRow({ run, ofFlow, tick }: { run: FlowRun; ofFlow?: boolean; tick: React.ReactNode }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const ws = currentWorkspace();
  return (
    <tr>
      {tick}
      <td>
        <Link className={classes.name} to="/w/$ws/settings/automation/runs/$id" params={{ ws, id: run.id }}>
          <Chip hue={RUN_HUES[run.state]} dot>
            {t(`automation.run_${run.state}`)}
          </Chip>
        </Link>
        {run.error && <div className={classes.problem}>{run.error.message}</div>}
      </td>
      {!ofFlow && (
        <td>{run.flow.title ?? <span className={classes.quiet}>{t("automation.deleted_flow")}</span>}</td>
      )}
      <td>
        {run.record && run.object ? (
          <RecordLink className={classes.name} object={run.object} id={run.record.id}>
            {run.record.title ?? "—"}
          </RecordLink>
        ) : (
          <span className={classes.quiet}>
            {run.object ? label(findObject(catalog, run.object)?.label) || "—" : "—"}
          </span>
        )}
      </td>
      <td className={classes.secondary}>{run.starter?.title ?? t("automation.system")}</td>
      <td className={classes.secondary} title={formatDateTime(run.started_at)}>
        {formatRelative(run.started_at)}
      </td>
      <td className={`${classes.secondary} ${classes.number}`}>{run.steps}</td>
    </tr>
  );
}
