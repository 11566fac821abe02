/** The workbench: what to do today, where the open opportunities stand, what changed. All of it from the record API. */
import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { findObject, useCatalog } from "@/lib/catalog";
import { useMe } from "@/lib/me";
import { can } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { useNarrow } from "@/records/list/use-narrow";
import { Page, PageHeader } from "@/ui/page";
import classes from "./home-page.module.css";
import { IdleCustomers } from "./idle-customers";
import { KeyFigures } from "./key-figures";
import { LeadResponse } from "./lead-response";
import { MyApprovals } from "./my-approvals";
import { OpenOpportunities } from "./open-opportunities";
import { OpenTasks } from "./open-tasks";
import { RecentChanges } from "./recent-changes";
import { TargetGap } from "./target-gap";
import { TeamTable } from "./team-table";
import { WaitingLeads } from "./waiting-leads";
import { useWhose, type Whose } from "./whose";

export function HomePage() {
  const { t } = useTranslation();
  const { member, workspace } = useMe();
  const catalog = useCatalog();
  usePageTitle(t("home.title"));
  const view = useWhose();
  const { choose } = view;
  // Beside the greeting there is no room for it on a phone.
  const narrow = useNarrow();
  const whoseSwitch = choose && (
    <SegmentedControl
      aria-label={t("home.whose")}
      data={[
        { value: "mine", label: t("home.mine") },
        { value: "department", label: t("home.department") },
      ]}
      value={view.whose}
      onChange={(next) => choose(next as Whose)}
    />
  );
  const tasks = can(findObject(catalog, "task"), "read");
  const opportunities = can(findObject(catalog, "opportunity"), "read");
  const targets = opportunities && can(findObject(catalog, "sales_target"), "read");
  const customers = can(findObject(catalog, "company"), "read");
  const lead = findObject(catalog, "lead");
  const leads = can(lead, "read") ? lead : undefined;
  return (
    <Page
      header={
        <PageHeader
          title={t(greetingAt(new Date().getHours()), { name: member.name })}
          meta={workspace.name}
          actions={!narrow && whoseSwitch}
        >
          {narrow && whoseSwitch}
        </PageHeader>
      }
    >
      <div className={classes.grid}>
        <div className={classes.wide}>
          <KeyFigures tasks={tasks} opportunities={opportunities} view={view} />
        </div>
        {targets && <TargetGap view={view} />}
        <MyApprovals />
        {tasks && <OpenTasks view={view} />}
        {opportunities && <OpenOpportunities view={view} />}
        {opportunities && view.whose === "department" && (
          <div className={classes.wide}>
            <TeamTable view={view} leads={leads !== undefined} tasks={tasks} />
          </div>
        )}
        {leads && <WaitingLeads object={leads} view={view} />}
        {customers && opportunities && <IdleCustomers view={view} />}
        {leads && (
          <div className={classes.wide}>
            <LeadResponse object={leads} view={view} />
          </div>
        )}
        <div className={classes.wide}>
          <RecentChanges />
        </div>
      </div>
    </Page>
  );
}

function greetingAt(hour: number): string {
  if (hour < 5 || hour >= 18) return "home.evening";
  return hour < 12 ? "home.morning" : "home.afternoon";
}
