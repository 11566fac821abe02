/** "My forms" in the navigation, while there are some that wait for the member. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ClipboardPen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formsQuery } from "@/areas/forms/requests";
import { currentWorkspace } from "@/lib/workspace";
import { NavItem } from "./sidebar";
import classes from "./sidebar.module.css";

const WATCH_MS = 60_000;

export function FormsItem({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  const count = useQuery({ ...formsQuery("open"), refetchInterval: WATCH_MS }).data?.length ?? 0;
  if (count === 0) return null;
  return (
    <NavItem
      rail={rail}
      icon={<ClipboardPen size={16} strokeWidth={1.75} aria-hidden />}
      text={t("forms.mine")}
      count={
        <span className={classes.count} title={t("forms.waiting_count", { count })}>
          {count}
        </span>
      }
    >
      {(props) => <Link to="/w/$ws/forms" params={{ ws: currentWorkspace() }} {...props} />}
    </NavItem>
  );
}
