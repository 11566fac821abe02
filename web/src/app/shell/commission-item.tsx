/** "Commission" in the navigation of whoever reads statements. */
import { Link } from "@tanstack/react-router";
import { Coins } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { can } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { NavItem } from "./sidebar";

export function CommissionItem({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  if (!can(useObject("commission_statement"), "read")) return null;
  return (
    <NavItem
      rail={rail}
      icon={<Coins size={16} strokeWidth={1.75} aria-hidden />}
      text={t("commission.title")}
    >
      {(props) => <Link to="/w/$ws/commission" params={{ ws: currentWorkspace() }} {...props} />}
    </NavItem>
  );
}
