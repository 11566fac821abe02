/** "Pools" in the navigation of whoever belongs to one. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Waves } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ownPoolsQuery } from "@/areas/pools/requests";
import { currentWorkspace } from "@/lib/workspace";
import { NavItem } from "./sidebar";

export function PoolsItem({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  const pools = useQuery(ownPoolsQuery()).data ?? [];
  if (pools.length === 0) return null;
  return (
    <NavItem rail={rail} icon={<Waves size={16} strokeWidth={1.75} aria-hidden />} text={t("pools.title")}>
      {(props) => <Link to="/w/$ws/pools" params={{ ws: currentWorkspace() }} {...props} />}
    </NavItem>
  );
}
