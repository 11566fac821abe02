/** All hits of a search, by object. */
import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { recordKeys, searchRecords } from "@/lib/records";
import { groupHits } from "@/lib/search-hits";
import { usePageTitle } from "@/lib/use-page-title";
import { IconByName } from "@/ui/icon-by-name";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./search-page.module.css";

const route = getRouteApi("/w/$ws/search");

export function SearchPage() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const { ws } = route.useParams();
  const { q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const ask = useDebouncedCallback((text: string) => navigate({ search: { q: text }, replace: true }), 250);
  const hits = useQuery({
    queryKey: [...recordKeys.all(), "search-page", q],
    queryFn: ({ signal }) => searchRecords(q, { limit: 100 }, signal),
    enabled: q.trim() !== "",
    placeholderData: keepPreviousData,
  });
  usePageTitle(t("search.title"));

  return (
    <Page header={<PageHeader title={t("search.title")} />} width={760}>
      <TextInput
        type="search"
        size="md"
        mb="md"
        aria-label={t("search.title")}
        placeholder={t("search.placeholder")}
        leftSection={<Search size={18} />}
        defaultValue={q}
        onChange={(event) => ask(event.currentTarget.value)}
      />
      {hits.isError ? (
        <ErrorState error={hits.error} onRetry={() => hits.refetch()} />
      ) : q.trim() === "" ? (
        <EmptyState kind="search" title={t("search.begin")} />
      ) : hits.isPending ? (
        <RowsSkeleton />
      ) : hits.data.hits.length === 0 ? (
        <EmptyState kind="search" title={t("search.nothing", { q })}>
          {t("search.nothing_text")}
        </EmptyState>
      ) : (
        groupHits(hits.data.hits).map((group) => (
          <section key={group.object} className={classes.group}>
            <h2 className={classes.heading}>
              {label(findObject(catalog, group.object)?.plural) || group.object}
            </h2>
            {group.hits.map((hit) => (
              <Link
                key={hit.id}
                className={classes.hit}
                to="/w/$ws/o/$object/$id"
                params={{ ws, object: hit.object, id: hit.id }}
              >
                <IconByName name={findObject(catalog, hit.object)?.icon ?? ""} />
                <span className={classes.title}>{hit.title}</span>
                <span className={classes.quiet}>{hit.subtitle}</span>
              </Link>
            ))}
          </section>
        ))
      )}
    </Page>
  );
}
