/** The apps that one allowed to act for oneself, to be withdrawn one by one. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Card } from "@/ui/card";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { GrantList } from "./grant-list";
import classes from "./programs.module.css";
import { grantsQuery } from "./requests";

export function AllowedAppsCard() {
  const { t } = useTranslation();
  const grants = useQuery(grantsQuery(false));
  return (
    <Card title={t("programs.allowed_apps")} text={t("programs.allowed_apps_text")}>
      {grants.isError ? (
        <ErrorState compact error={grants.error} onRetry={() => grants.refetch()} />
      ) : grants.isPending ? (
        <RowsSkeleton rows={2} height={48} />
      ) : grants.data.length === 0 ? (
        <p className={classes.none}>{t("programs.no_allowed_apps")}</p>
      ) : (
        <GrantList grants={grants.data} by="app" />
      )}
    </Card>
  );
}
