/** Automation: the flows of the workspace, and the runs of them all. */
import { Button, Tabs } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSystemRight } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { Page, PageHeader } from "@/ui/page";
import { Writable } from "@/ui/writable";
import classes from "./automation.module.css";
import { FlowTable } from "./flow-table";
import { ForAutomation } from "./for-automation";
import { NewFlowDialog } from "./new-flow-dialog";
import { HooksTab } from "./overview/hooks-tab";
import { SecretsTab } from "./overview/secrets-tab";
import { StatusTab } from "./overview/status-tab";
import { RunList } from "./run-list";

const TABS = ["runs", "status", "secrets", "hooks"] as const;
const route = getRouteApi("/w/$ws/settings/automation");

export function FlowsPage() {
  const { t } = useTranslation();
  usePageTitle(t("automation.title"));
  return (
    <ForAutomation>
      <Flows />
    </ForAutomation>
  );
}

function Flows() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const makes = useSystemRight("automation");
  const [adding, setAdding] = useState(false);
  const add = makes ? () => setAdding(true) : undefined;
  return (
    <Page
      width={1080}
      header={
        <PageHeader
          title={t("automation.title")}
          actions={
            add && (
              <Button leftSection={<Plus size={16} />} onClick={add}>
                {t("automation.new")}
              </Button>
            )
          }
        />
      }
    >
      <Tabs
        value={search.tab ?? "flows"}
        keepMounted={false}
        onChange={(tab) => navigate({ search: { tab: TABS.find((one) => one === tab) }, replace: true })}
      >
        <Tabs.List mb="md" className={classes.tabs}>
          <Tabs.Tab value="flows">{t("automation.flows")}</Tabs.Tab>
          <Tabs.Tab value="runs">{t("automation.runs")}</Tabs.Tab>
          <Tabs.Tab value="status">{t("automation.status")}</Tabs.Tab>
          <Tabs.Tab value="secrets">{t("automation.secrets")}</Tabs.Tab>
          <Tabs.Tab value="hooks">{t("automation.hooks")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="flows">
          <Writable>
            <FlowTable onAdd={add} />
          </Writable>
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <Writable>
            <RunList
              wanted={{ flow: search.flow, state: search.state, record: search.record, days: search.days }}
              onWant={(wanted) => navigate({ search: { tab: "runs", ...wanted }, replace: true })}
            />
          </Writable>
        </Tabs.Panel>
        <Tabs.Panel value="status">
          <Writable>
            <StatusTab />
          </Writable>
        </Tabs.Panel>
        <Tabs.Panel value="secrets">
          <Writable>
            <SecretsTab />
          </Writable>
        </Tabs.Panel>
        <Tabs.Panel value="hooks">
          <Writable>
            <HooksTab />
          </Writable>
        </Tabs.Panel>
      </Tabs>
      {adding && <NewFlowDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
