/** One flow: how it is made, its runs, its versions; what is written is a draft until it is published. */
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePageTitle } from "@/lib/use-page-title";
import { lazily } from "@/ui/lazily";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { Writable } from "@/ui/writable";
import { ApprovalStatistics } from "./approval-statistics";
import classes from "./automation.module.css";
import type { BacktestPanelProps } from "./backtest/backtest-panel";
import type { FlowEditorProps } from "./flow-editor";
import { FlowTrail } from "./flow-trail";
import { ForAutomation } from "./for-automation";
import { type Definition, type Palette, readDefinition } from "./model";
import { type Flow, flowQuery, paletteQuery, versionsQuery } from "./requests";
import { RunList } from "./run-list";
import { VersionList } from "./version-list";

const FlowEditor = lazily<FlowEditorProps>(
  async () => ({ default: (await import("./flow-editor")).FlowEditor }),
  480,
);
const BacktestPanel = lazily<BacktestPanelProps>(
  async () => ({ default: (await import("./backtest/backtest-panel")).BacktestPanel }),
  320,
);
const route = getRouteApi("/w/$ws/settings/automation/$id");

export function FlowPage() {
  return (
    <ForAutomation>
      <OneFlow />
    </ForAutomation>
  );
}

function OneFlow() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const flow = useQuery(flowQuery(id));
  const palette = useQuery(paletteQuery());
  const versions = useQuery(versionsQuery(id));
  usePageTitle(flow.data?.name ?? t("automation.title"));
  const failed = [flow, palette, versions].find(({ isError }) => isError);
  if (failed) return <ErrorState error={failed.error} onRetry={() => failed.refetch()} />;
  if (!flow.data || !palette.data || !versions.data) return <RowsSkeleton rows={10} height={48} />;
  return (
    <FlowEditor
      key={id}
      flow={flow.data}
      palette={palette.data}
      versions={versions.data}
      trail={<FlowTrail />}
      tabs={(design, definition) => (
        <FlowTabs flow={flow.data} design={design} definition={definition} palette={palette.data} />
      )}
    />
  );
}

const TABS = ["runs", "statistics", "versions", "backtest"] as const;

interface FlowTabsProps {
  flow: Flow;
  design: React.ReactNode;
  /** As it is on the screen. */
  definition: Definition;
  palette: Palette;
}

function FlowTabs({ flow, design, definition, palette }: FlowTabsProps) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const asksPeople = Object.values(readDefinition(flow.definition).nodes).some(({ kind }) =>
    kind.startsWith("approval."),
  );
  return (
    <Tabs
      value={search.tab ?? "design"}
      keepMounted={false}
      onChange={(tab) =>
        navigate({
          search: { tab: TABS.find((one) => one === tab) },
          replace: true,
        })
      }
    >
      <Tabs.List mb="md" className={classes.tabs}>
        <Tabs.Tab value="design">{t("automation.design")}</Tabs.Tab>
        <Tabs.Tab value="runs">{t("automation.runs")}</Tabs.Tab>
        {asksPeople && <Tabs.Tab value="statistics">{t("automation.statistics")}</Tabs.Tab>}
        <Tabs.Tab value="versions">{t("automation.versions")}</Tabs.Tab>
        <Tabs.Tab value="backtest">{t("automation.backtest")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="design">
        <Writable>{design}</Writable>
      </Tabs.Panel>
      <Tabs.Panel value="runs">
        <Writable>
          <RunList
            ofFlow
            wanted={{ flow: flow.id, state: search.state, record: search.record, days: search.days }}
            onWant={({ state, record, days }) =>
              navigate({ search: { tab: "runs", state, record, days }, replace: true })
            }
          />
        </Writable>
      </Tabs.Panel>
      <Tabs.Panel value="statistics">
        <ApprovalStatistics flow={flow.id} />
      </Tabs.Panel>
      <Tabs.Panel value="versions">
        <VersionList flow={flow.id} draft={flow.definition} />
      </Tabs.Panel>
      <Tabs.Panel value="backtest">
        <BacktestPanel flow={flow.id} definition={definition} palette={palette} />
      </Tabs.Panel>
    </Tabs>
  );
}
