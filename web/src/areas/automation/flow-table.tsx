/** The flows as a table: what each is, whether it is on, its version, and how its last runs went. */
import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Route, Search, Stamp, Zap } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowRun, Hue } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { formatDateTime, formatRelative } from "@/lib/format";
import { label } from "@/lib/label";
import { currentWorkspace } from "@/lib/workspace";
import { hueStyle } from "@/ui/chip";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./automation.module.css";
import { StateSwitch } from "./flow-state";
import { type Flow, flowsQuery, recentRunsQuery } from "./requests";

const SIGNS = { rule: Zap, process: Route, approval: Stamp };
const HUES: Record<Flow["kind"], Hue> = { rule: "blue", process: "violet", approval: "amber" };
type Shown = "all" | "active" | "paused" | "draft";

export function FlowTable({ onAdd }: { onAdd: (() => void) | undefined }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const flows = useQuery(flowsQuery());
  const runs = useQuery(recentRunsQuery()).data;
  const lately = useMemo(() => byFlow(runs ?? []), [runs]);
  const [typed, setTyped] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const wanted = typed.trim().toLowerCase();
  const objectName = (flow: Flow) => label(findObject(catalog, flow.object ?? "")?.label);
  const all = flows.data ?? [];
  const listed = all.filter(
    (flow) =>
      (shown === "all" || flow.state === shown) &&
      [flow.name, flow.description ?? "", objectName(flow)].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
  );
  const count = (state: Shown) =>
    state === "all" ? all.length : all.filter((flow) => flow.state === state).length;
  if (flows.isError) return <ErrorState error={flows.error} onRetry={() => flows.refetch()} />;
  if (flows.isPending) return <RowsSkeleton rows={8} height={56} />;
  const begin = onAdd && (
    <Button variant={all.length === 0 ? "filled" : "default"} onClick={onAdd}>
      {t("automation.new")}
    </Button>
  );
  if (all.length === 0) {
    return (
      <EmptyState title={t("automation.none")} action={begin}>
        {t("automation.none_text")}
      </EmptyState>
    );
  }
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          className={classes.search}
          aria-label={t("automation.search")}
          placeholder={t("automation.search")}
          leftSection={<Search size={15} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("automation.state")}
          data={(["all", "active", "paused", "draft"] as const).map((value) => ({
            value,
            label: t(`automation.shown_${value}`, { count: count(value) }),
          }))}
          value={shown}
          onChange={(next) => setShown(next as Shown)}
        />
      </div>
      {listed.length === 0 ? (
        <EmptyState
          kind="search"
          title={t("automation.none_found")}
          action={
            <Button
              variant="default"
              onClick={() => {
                setTyped("");
                setShown("all");
              }}
            >
              {t("list.clear_filters")}
            </Button>
          }
        />
      ) : (
        <div className={classes.frame}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t("automation.name")}</th>
                <th className={classes.secondary}>{t("automation.object")}</th>
                <th>{t("automation.state")}</th>
                <th className={classes.secondary}>{t("automation.version")}</th>
                <th className={classes.secondary}>{t("automation.last_run")}</th>
                <th className={classes.secondary}>{t("automation.failures")}</th>
              </tr>
            </thead>
            <tbody>
              {listed.map((flow) => (
                <FlowRow
                  key={flow.id}
                  flow={flow}
                  object={objectName(flow)}
                  lately={lately.get(flow.id) ?? null}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function FlowRow({ flow, object, lately }: { flow: Flow; object: string; lately: Lately | null }) {
  const { t } = useTranslation();
  const ws = currentWorkspace();
  const Sign = SIGNS[flow.kind] ?? Zap;
  return (
    <tr>
      <td>
        <div className={classes.named}>
          <span className={classes.sign} style={hueStyle(HUES[flow.kind] ?? "slate")}>
            <Sign size={16} strokeWidth={1.75} aria-hidden />
          </span>
          <span className={classes.names}>
            <Link className={classes.name} to="/w/$ws/settings/automation/$id" params={{ ws, id: flow.id }}>
              {flow.name}
            </Link>
            <span className={classes.quiet}>
              {[t(`automation.kind_${flow.kind}`), flow.description].filter(Boolean).join(" · ")}
            </span>
          </span>
        </div>
      </td>
      <td className={`${classes.secondary} ${classes.number}`}>{object || "—"}</td>
      <td>
        <StateSwitch flow={flow} />
      </td>
      <td className={`${classes.secondary} ${classes.number}`}>
        {flow.number === null ? (
          <span className={classes.quiet}>{t("automation.unpublished")}</span>
        ) : (
          t("automation.version_number", { number: flow.number })
        )}
      </td>
      <td className={classes.secondary}>
        {lately ? (
          <span title={formatDateTime(lately.at)}>{formatRelative(lately.at)}</span>
        ) : (
          <span className={classes.quiet}>—</span>
        )}
      </td>
      <td className={`${classes.secondary} ${classes.number}`}>
        {lately && lately.failed > 0 ? (
          <Link
            className={`${classes.name} ${classes.failed}`}
            to="/w/$ws/settings/automation"
            params={{ ws }}
            search={{ tab: "runs", flow: flow.id, state: "failed" }}
          >
            {t("automation.failed_count", { count: lately.failed })}
          </Link>
        ) : (
          <span className={classes.quiet}>{lately ? "0" : "—"}</span>
        )}
      </td>
    </tr>
  );
}

interface Lately {
  at: string;
  failed: number;
}

/** When each flow ran last, and how many of the latest runs failed. */
function byFlow(runs: readonly FlowRun[]): Map<string, Lately> {
  const found = new Map<string, Lately>();
  for (const { flow, started_at, state } of runs) {
    const known = found.get(flow.id) ?? { at: started_at, failed: 0 };
    found.set(flow.id, { at: known.at, failed: known.failed + (state === "failed" ? 1 : 0) });
  }
  return found;
}
