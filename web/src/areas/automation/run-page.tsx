/** One run: the way it took step by step, where it stands, what it remembers; and what can be done about it. */
import { Alert, Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Braces, CircleX, RotateCcw, TriangleAlert } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowRunDetails } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { formatDateTime } from "@/lib/format";
import { label } from "@/lib/label";
import { useSystemRight } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { RecordLink } from "@/records/lookup/record-link";
import { Chip } from "@/ui/chip";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { lazily } from "@/ui/lazily";
import { Page, PageHeader } from "@/ui/page";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./automation.module.css";
import { CanvasOrList } from "./canvas-or-list";
import { EditDataDialog } from "./edit-data-dialog";
import { FlowTrail } from "./flow-trail";
import { ForAutomation } from "./for-automation";
import { isLinear, type Palette, readDefinition } from "./model";
import { paletteQuery, runQuery } from "./requests";
import { RunPath, type RunPathProps } from "./run-path";
import { hasEnded, RUN_HUES, tookInWords } from "./run-words";
import { useMend } from "./use-mend";

const RunCanvas = lazily<RunPathProps>(
  async () => ({ default: (await import("./canvas/run-canvas")).RunCanvas }),
  460,
);
const route = getRouteApi("/w/$ws/settings/automation/runs/$id");

export function RunPage() {
  return (
    <ForAutomation>
      <OneRun />
    </ForAutomation>
  );
}

function OneRun() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const run = useQuery(runQuery(id));
  const palette = useQuery(paletteQuery());
  usePageTitle(run.data?.flow.title ?? t("automation.runs"));
  const failed = [run, palette].find(({ isError }) => isError);
  if (failed) return <ErrorState error={failed.error} onRetry={() => failed.refetch()} />;
  if (!run.data || !palette.data) return <RowsSkeleton rows={10} height={48} />;
  return <Told run={run.data} palette={palette.data} />;
}

function Told({ run, palette }: { run: FlowRunDetails; palette: Palette }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const ws = currentWorkspace();
  const may = useSystemRight("automation");
  const mend = useMend();
  const phone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const definition = useMemo(() => readDefinition(run.definition), [run.definition]);
  // Where steps simply follow each other, the list says it all.
  const drawn = !phone && !isLinear(definition, new Map(palette.steps.map((kind) => [kind.key, kind])));
  const [listed, setListed] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const [editing, setEditing] = useState<{ token: number | null } | null>(null);
  const failed = run.tokens.filter(({ state }) => state === "failed");
  const mends = may && run.may_mend ? mend : null;
  const edit = run.data && mends ? (token: number) => setEditing({ token }) : null;
  const remembered = run.data && Object.keys(run.data).length > 0 ? run.data : null;
  const about =
    run.record && run.object ? (
      <RecordLink className={classes.name} object={run.object} id={run.record.id}>
        {run.record.title ?? "—"}
      </RecordLink>
    ) : run.object ? (
      t("automation.hidden_record", { object: label(findObject(catalog, run.object)?.label) })
    ) : null;
  const facts: [string, React.ReactNode][] = [
    [t("automation.version"), t("automation.version_number", { number: run.version })],
    [t("automation.record"), about],
    [t("automation.starter"), run.starter?.title ?? t("automation.system")],
    [t("automation.started"), formatDateTime(run.started_at)],
    [t("automation.ended"), run.ended_at && formatDateTime(run.ended_at)],
    [t("automation.took"), run.ended_at && tookInWords(run.started_at, run.ended_at, t)],
    [t("automation.steps"), run.steps],
  ];
  const acts = may && !hasEnded(run) && (
    <>
      <Button variant="default" leftSection={<CircleX size={15} />} onClick={() => setCancelling(true)}>
        {t("automation.cancel_runs")}
      </Button>
      {failed.length > 0 && edit && (
        <Button
          variant="default"
          leftSection={<Braces size={15} />}
          onClick={() => setEditing({ token: null })}
        >
          {t("automation.edit_data")}
        </Button>
      )}
      {failed.length > 0 && mends && (
        <Button
          leftSection={<RotateCcw size={15} />}
          loading={mend.isPending}
          onClick={() => mend.mutate({ verb: "retry", runs: [run.id] })}
        >
          {failed.length > 1
            ? t("automation.retry_all_steps", { count: failed.length })
            : t("automation.retry")}
        </Button>
      )}
    </>
  );
  return (
    <Page
      width={drawn && !listed ? undefined : 960}
      header={
        <PageHeader
          trail={<FlowTrail />}
          title={
            <Link
              className={classes.heavy}
              to="/w/$ws/settings/automation/$id"
              params={{ ws, id: run.flow.id }}
              search={{ tab: "runs" }}
            >
              {run.flow.title ?? t("automation.flow")}
            </Link>
          }
          meta={
            <Chip hue={RUN_HUES[run.state]} dot>
              {t(`automation.run_${run.state}`)}
            </Chip>
          }
          actions={phone ? undefined : acts}
        >
          {phone && acts && <div className={classes.second}>{acts}</div>}
        </PageHeader>
      }
    >
      {run.error && (
        <Alert color="red" variant="light" mb="md" icon={<TriangleAlert size={16} />}>
          {run.error.message}
        </Alert>
      )}
      <dl className={`${classes.card} ${classes.facts}`}>
        {facts
          .filter(([, value]) => value !== null && value !== undefined && value !== "")
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {drawn && (
        <CanvasOrList
          name={t("automation.run_as_shown")}
          list={t("automation.path")}
          listed={listed}
          onList={setListed}
        />
      )}
      {drawn && !listed ? (
        <RunCanvas run={run} definition={definition} palette={palette} mend={mends} onEdit={edit} />
      ) : (
        <RunPath run={run} definition={definition} palette={palette} mend={mends} onEdit={edit} />
      )}
      {remembered && (
        <>
          <h2 className={classes.heading}>{t("automation.remembered")}</h2>
          <pre className={classes.data}>{JSON.stringify(remembered, null, 2)}</pre>
        </>
      )}
      {run.hidden.length > 0 && (
        <p className={classes.quiet}>
          {t("automation.step_hidden", { names: run.hidden.join(t("automation.list_comma")) })}
        </p>
      )}
      {editing && run.data && (
        <EditDataDialog run={run.id} data={run.data} token={editing.token} onClose={() => setEditing(null)} />
      )}
      <ConfirmDanger
        opened={cancelling}
        title={t("automation.cancel_title", { count: 1 })}
        confirmLabel={t("automation.cancel_runs")}
        onConfirm={async () => {
          await mend.mutateAsync({ verb: "cancel", runs: [run.id] });
        }}
        onClose={() => setCancelling(false)}
      >
        {t("automation.cancel_text")}
      </ConfirmDanger>
    </Page>
  );
}
