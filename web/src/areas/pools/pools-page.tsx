/** Pools: what lies in each, as far as one is told, to be claimed one by one or many at once. */
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { formatNumber } from "@/lib/format";
import { usePageTitle } from "@/lib/use-page-title";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { LimitsLeft } from "./limits-left";
import { PoolList } from "./pool-list";
import classes from "./pools.module.css";
import { ownPoolsQuery } from "./requests";

const route = getRouteApi("/w/$ws/pools");

export function PoolsPage() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const navigate = route.useNavigate();
  const chosen = route.useSearch().pool;
  const pools = useQuery(ownPoolsQuery());
  usePageTitle(t("pools.title"));
  const known = (pools.data ?? []).filter(({ object }) => catalog.objects.some(({ key }) => key === object));
  const pool = known.find(({ id }) => id === chosen) ?? known[0];
  return (
    <Page
      header={
        <PageHeader title={t("pools.title")}>
          {pool && (
            <Tabs value={pool.id} onChange={(id) => id && navigate({ search: { pool: id }, replace: true })}>
              <Tabs.List aria-label={t("pools.title")} className={classes.tabs}>
                {known.map(({ id, name, count }) => (
                  <Tabs.Tab key={id} value={id} aria-controls={undefined}>
                    {name} <span className={classes.count}>{formatNumber(count)}</span>
                  </Tabs.Tab>
                ))}
              </Tabs.List>
            </Tabs>
          )}
        </PageHeader>
      }
    >
      {pools.isError ? (
        <ErrorState error={pools.error} onRetry={() => pools.refetch()} />
      ) : pools.isPending ? (
        <RowsSkeleton rows={8} height={52} />
      ) : !pool ? (
        <EmptyState title={t("pools.none")}>{t("pools.none_text")}</EmptyState>
      ) : (
        <>
          {pool.description && <p className={classes.about}>{pool.description}</p>}
          <LimitsLeft pool={pool} />
          <PoolList key={pool.id} pool={pool} />
        </>
      )}
    </Page>
  );
}
