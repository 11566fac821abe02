/** "Wins and losses" in the navigation of whoever reads opportunities. */
import { Link } from "@tanstack/react-router";
import { Scale } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { can } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { NavItem } from "./sidebar";

export function LossesItem({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  if (!can(useObject("opportunity"), "read")) return null;
  return (
    <NavItem rail={rail} icon={<Scale size={16} strokeWidth={1.75} aria-hidden />} text={t("losses.title")}>
      {(props) => <Link to="/w/$ws/losses" params={{ ws: currentWorkspace() }} {...props} />}
    </NavItem>
  );
}
