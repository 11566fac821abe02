/** The workbench: what to do today, where the open opportunities stand, what changed. All of it from the record API. */
import { useTranslation } from "react-i18next";
import { findObject, useCatalog } from "@/lib/catalog";
import { useMe } from "@/lib/me";
import { can } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { Page, PageHeader } from "@/ui/page";
import classes from "./home-page.module.css";
import { KeyFigures } from "./key-figures";
import { MyOpportunities } from "./my-opportunities";
import { MyTasks } from "./my-tasks";
import { RecentChanges } from "./recent-changes";

export function HomePage() {
  const { t } = useTranslation();
  const { member, workspace } = useMe();
  const catalog = useCatalog();
  usePageTitle(t("home.title"));
  const tasks = can(findObject(catalog, "task"), "read");
  const opportunities = can(findObject(catalog, "opportunity"), "read");
  return (
    <Page
      header={
        <PageHeader
          title={t(greetingAt(new Date().getHours()), { name: member.name })}
          meta={workspace.name}
        />
      }
    >
      <div className={classes.grid}>
        <div className={classes.wide}>
          <KeyFigures tasks={tasks} opportunities={opportunities} />
        </div>
        {tasks && <MyTasks />}
        {opportunities && <MyOpportunities />}
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
