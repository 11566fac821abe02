/** "Targets and forecast" in the navigation of whoever reads opportunities. */
import { Link } from "@tanstack/react-router";
import { TrendingUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { can } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { NavItem } from "./sidebar";

export function ForecastItem({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  if (!can(useObject("opportunity"), "read")) return null;
  return (
    <NavItem
      rail={rail}
      icon={<TrendingUp size={16} strokeWidth={1.75} aria-hidden />}
      text={t("forecast.title")}
    >
      {(props) => <Link to="/w/$ws/forecast" params={{ ws: currentWorkspace() }} {...props} />}
    </NavItem>
  );
}
