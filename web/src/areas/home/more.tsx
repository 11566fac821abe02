/** The way from a card of the workbench to all the records behind it. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Filter } from "@/api/types";
import { currentWorkspace } from "@/lib/workspace";
import classes from "./home-page.module.css";

export function More({ object, where }: { object: string; where: Filter | null | undefined }) {
  const { t } = useTranslation();
  return (
    <Link
      className={classes.more}
      to="/w/$ws/o/$object"
      params={{ ws: currentWorkspace(), object }}
      search={{ type: "table", where: where ?? undefined }}
    >
      {t("home.all")}
    </Link>
  );
}
