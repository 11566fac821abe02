/** Configuration as files: compare and apply, sandboxes, and what was applied with a way back. */
import { Alert, Button, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Download, FlaskConical } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useOpens } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace, workspaceUrl } from "@/lib/workspace";
import { Page, PageHeader } from "@/ui/page";
import { Writable } from "@/ui/writable";
import { ForConfigurers } from "../objects/for-configurers";
import { CompareTab } from "./compare-tab";
import classes from "./configuration.module.css";
import { LogTab } from "./log-tab";
import { sandboxesQuery } from "./requests";
import { SandboxesTab } from "./sandboxes-tab";

const route = getRouteApi("/w/$ws/settings/configuration");
const TABS = ["compare", "sandboxes", "log"] as const;

export function ConfigurationPage() {
  const { t } = useTranslation();
  usePageTitle(t("configuration.title"));
  return (
    <ForConfigurers title={t("configuration.title")} allowed={useOpens("configure")}>
      <Configuration />
    </ForConfigurers>
  );
}

function Configuration() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab, from } = route.useSearch();
  const current = TABS.find((one) => one === tab) ?? "compare";
  const ws = currentWorkspace();
  const show = (next: string, source?: string) =>
    navigate({
      to: "/w/$ws/settings/configuration",
      params: { ws },
      search: { tab: next, from: source },
    });
  return (
    <Page
      width={960}
      header={
        <PageHeader
          title={t("configuration.title")}
          actions={
            <Button
              component="a"
              href={workspaceUrl("/configuration/export")}
              download
              variant="default"
              leftSection={<Download size={16} />}
            >
              {t("configuration.download")}
            </Button>
          }
        />
      }
    >
      <SourceNote />
      <Tabs value={current} keepMounted={false} onChange={(next) => next && show(next)}>
        <Tabs.List>
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`configuration.tab_${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="compare" className={classes.tab}>
          <CompareTab
            key={from ?? ""}
            from={from}
            onApplied={() => show("log")}
            onSandboxes={() => show("sandboxes")}
          />
        </Tabs.Panel>
        <Tabs.Panel value="sandboxes" className={classes.tab}>
          <Writable>
            <SandboxesTab onCompare={(slug) => show("compare", slug)} />
          </Writable>
        </Tabs.Panel>
        <Tabs.Panel value="log" className={classes.tab}>
          <Writable>
            <LogTab onCompare={() => show("compare")} />
          </Writable>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

/** In a sandbox: whose it is, and how what was tried here gets there. */
function SourceNote() {
  const { t } = useTranslation();
  const source = useQuery(sandboxesQuery()).data?.source;
  if (!source) return null;
  const from = encodeURIComponent(currentWorkspace());
  return (
    <Alert
      color="violet"
      variant="light"
      mb="sm"
      icon={<FlaskConical size={16} />}
      title={t("configuration.is_sandbox", { name: source.name })}
    >
      <a className={classes.link} href={`/w/${source.slug}/settings/configuration?tab=compare&from=${from}`}>
        {t("configuration.promote_there", { name: source.name })}
      </a>
    </Alert>
  );
}
