/** "Receivables" in the navigation of whoever reads invoices. */
import { Link } from "@tanstack/react-router";
import { HandCoins } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { can } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { NavItem } from "./sidebar";

export function ReceivablesItem({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  if (!can(useObject("invoice"), "read")) return null;
  return (
    <NavItem
      rail={rail}
      icon={<HandCoins size={16} strokeWidth={1.75} aria-hidden />}
      text={t("billing.receivables")}
    >
      {(props) => <Link to="/w/$ws/receivables" params={{ ws: currentWorkspace() }} {...props} />}
    </NavItem>
  );
}
