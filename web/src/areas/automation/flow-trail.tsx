/** The way back to the flows. */
import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { currentWorkspace } from "@/lib/workspace";
import classes from "./automation.module.css";

export function FlowTrail() {
  const { t } = useTranslation();
  return (
    <>
      <Link className={classes.name} to="/w/$ws/settings/automation" params={{ ws: currentWorkspace() }}>
        {t("automation.title")}
      </Link>
      <ChevronRight size={14} aria-hidden />
    </>
  );
}
