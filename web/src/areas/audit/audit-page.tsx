/** The audit log: who did what from where, and whether the log is as it was written. */
import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AuditItem } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { useOpens } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError, toastSuccess } from "@/ui/toast";
import { Writable } from "@/ui/writable";
import classes from "./audit.module.css";
import { AuditFilters } from "./audit-filters";
import { AuditTable } from "./audit-table";
import { EntryDrawer } from "./entry-drawer";
import { auditQuery, auditStateQuery, exportAudit } from "./requests";
import { VerdictCard } from "./verdict-card";
import { type AuditSearch, isNarrowed, wantedOf } from "./wanted";

const route = getRouteApi("/w/$ws/settings/audit");

export function AuditPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const wanted = wantedOf(search);
  const list = useInfiniteQuery(auditQuery(wanted));
  const state = useQuery(auditStateQuery());
  const [opened, setOpened] = useState<AuditItem | null>(null);
  const may = useOpens("audit");
  usePageTitle(t("audit.title"));
  const saving = useMutation({
    mutationFn: () => exportAudit(wanted),
    onSuccess: ({ file, name, rows }) => {
      save(file, name);
      toastSuccess(t("audit.exported", { rows: formatNumber(rows) }));
      return list.refetch();
    },
    onError: toastError,
  });
  const look = (next: AuditSearch) => navigate({ search: next, replace: true });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <Page
      header={
        <PageHeader
          title={t("audit.title")}
          actions={
            may && (
              <Writable>
                <Button
                  variant="default"
                  leftSection={<Download size={16} />}
                  loading={saving.isPending}
                  disabled={items.length === 0}
                  onClick={() => saving.mutate()}
                >
                  {t("audit.export")}
                </Button>
              </Writable>
            )
          }
        />
      }
    >
      {may && (
        <Writable>
          <VerdictCard state={state.data} onVerified={() => list.refetch()} />
        </Writable>
      )}
      {may && <AuditFilters search={search} kinds={state.data?.kinds ?? []} onChange={look} />}
      {list.isError ? (
        <ErrorState error={list.error} onRetry={() => list.refetch()} />
      ) : list.isPending ? (
        <RowsSkeleton rows={10} height={52} />
      ) : items.length === 0 ? (
        <EmptyState
          kind={isNarrowed(search) ? "search" : "empty"}
          title={t(isNarrowed(search) ? "audit.no_match" : "audit.nothing")}
          action={
            isNarrowed(search) && (
              <Button variant="default" onClick={() => look({})}>
                {t("audit.clear")}
              </Button>
            )
          }
        />
      ) : (
        <>
          <AuditTable items={items} onOpen={setOpened} />
          {list.hasNextPage && (
            <div className={classes.more}>
              <Button
                variant="default"
                loading={list.isFetchingNextPage}
                onClick={() => list.fetchNextPage()}
              >
                {t("audit.more")}
              </Button>
            </div>
          )}
        </>
      )}
      {opened && <EntryDrawer item={opened} onClose={() => setOpened(null)} onLook={look} />}
    </Page>
  );
}

function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
