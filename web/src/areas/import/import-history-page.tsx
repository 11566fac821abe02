/** Imports made so far, each open to be looked at, continued or taken back. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Hue, ImportState } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { formatDateTime, formatNumber, formatRelative } from "@/lib/format";
import { label } from "@/lib/label";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { Chip } from "@/ui/chip";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./import.module.css";
import { importsQuery } from "./requests";

const HUES: Record<ImportState, Hue> = {
  uploaded: "slate",
  mapped: "slate",
  checking: "blue",
  checked: "cyan",
  running: "blue",
  done: "green",
  cancelled: "amber",
  failed: "red",
  undoing: "violet",
  undone: "violet",
};

export function ImportHistoryPage() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const ws = currentWorkspace();
  const imports = useQuery(importsQuery());
  usePageTitle(t("import.history"));
  const start = (
    <Button renderRoot={(props) => <Link to="/w/$ws/import" params={{ ws }} search={{}} {...props} />}>
      {t("import.title")}
    </Button>
  );
  return (
    <Page width={1000} header={<PageHeader title={t("import.history")} actions={start} />}>
      {imports.isError ? (
        <ErrorState error={imports.error} onRetry={() => imports.refetch()} />
      ) : imports.isPending ? (
        <RowsSkeleton />
      ) : imports.data.rows.length === 0 ? (
        <EmptyState title={t("import.no_history")}>{t("import.no_history_text")}</EmptyState>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className={classes.tableFrame} tabIndex={0} aria-label={t("import.history")}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t("import.file")}</th>
                <th>{t("import.object")}</th>
                <th>{t("import.state")}</th>
                <th className={classes.number}>{t("import.did_create")}</th>
                <th className={classes.number}>{t("import.did_update")}</th>
                <th className={classes.number}>{t("import.did_error")}</th>
                <th>{t("import.when")}</th>
              </tr>
            </thead>
            <tbody>
              {imports.data.rows.map((job) => (
                <tr key={job.id}>
                  <td>
                    <Link className={classes.link} to="/w/$ws/import" params={{ ws }} search={{ id: job.id }}>
                      {job.file.name}
                    </Link>
                  </td>
                  <td>{label(findObject(catalog, job.object)?.plural) || job.object}</td>
                  <td>
                    <Chip hue={HUES[job.state]}>{t(`import.state_${job.state}`)}</Chip>
                  </td>
                  <td className={classes.number}>{formatNumber(job.counts.create)}</td>
                  <td className={classes.number}>{formatNumber(job.counts.update)}</td>
                  <td className={classes.number}>{formatNumber(job.counts.error)}</td>
                  <td title={formatDateTime(job.created_at)}>{formatRelative(job.created_at)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Page>
  );
}
