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
import { FlowTable } from "./flow-table";
import { ForAutomation } from "./for-automation";
import { NewFlowDialog } from "./new-flow-dialog";
import { RunList } from "./run-list";

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
        onChange={(tab) => navigate({ search: { tab: tab === "runs" ? "runs" : undefined }, replace: true })}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="flows">{t("automation.flows")}</Tabs.Tab>
          <Tabs.Tab value="runs">{t("automation.runs")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="flows">
          <Writable>
            <FlowTable onAdd={add} />
          </Writable>
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <Writable>
            <RunList
              wanted={{ flow: search.flow, state: search.state, record: search.record }}
              onWant={(wanted) => navigate({ search: { tab: "runs", ...wanted }, replace: true })}
            />
          </Writable>
        </Tabs.Panel>
      </Tabs>
      {adding && <NewFlowDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
