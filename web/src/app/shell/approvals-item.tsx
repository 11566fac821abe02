/** "My approvals" in the navigation, with how many wait for the member. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Stamp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { countsQuery } from "@/areas/approvals/requests";
import { currentWorkspace } from "@/lib/workspace";
import { NavItem } from "./sidebar";
import classes from "./sidebar.module.css";

const MOST_SHOWN = 99;

export function ApprovalsItem({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  const count = useQuery(countsQuery()).data?.to_do ?? 0;
  return (
    <NavItem
      rail={rail}
      icon={<Stamp size={16} strokeWidth={1.75} aria-hidden />}
      text={t("approvals.mine")}
      count={
        count > 0 && (
          <span className={classes.count} title={t("approvals.waiting_count", { count })}>
            {count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
          </span>
        )
      }
    >
      {(props) => <Link to="/w/$ws/approvals" params={{ ws: currentWorkspace() }} {...props} />}
    </NavItem>
  );
}
