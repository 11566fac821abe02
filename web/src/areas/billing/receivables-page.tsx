/** Who owes how much, and for how long it has been due. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AgedTotal } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { formatDate, formatMoney } from "@/lib/format";
import { usePageTitle } from "@/lib/use-page-title";
import { RecordLink } from "@/records/lookup/record-link";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./billing.module.css";
import { receivablesQuery } from "./requests";
import { StatementBatches } from "./statement-batches";
import { StatementsDialog } from "./statements-dialog";

const BUCKETS = ["current", "days_30", "days_60", "days_90", "older", "unallocated", "total"] as const;

export function ReceivablesPage() {
  const { t } = useTranslation();
  const found = useQuery(receivablesQuery());
  const invoices = useObject("invoice");
  const [making, setMaking] = useState(false);
  usePageTitle(t("billing.receivables"));
  const cells = (row: AgedTotal) =>
    BUCKETS.map((key) => (
      <td key={key} className={classes.number}>
        {Number(row[key]) === 0 && key !== "total"
          ? "—"
          : formatMoney({ amount: row[key], currency: row.currency })}
      </td>
    ));
  return (
    <Page
      header={
        <PageHeader
          title={t("billing.receivables")}
          meta={found.data && t("billing.as_of", { day: formatDate(found.data.day) })}
          actions={
            invoices && (
              <Button variant="default" leftSection={<FileDown size={14} />} onClick={() => setMaking(true)}>
                {t("billing.make_statements")}
              </Button>
            )
          }
        />
      }
    >
      <StatementBatches />
      {found.isError ? (
        <ErrorState error={found.error} onRetry={() => found.refetch()} />
      ) : !found.data ? (
        <RowsSkeleton rows={8} height={40} />
      ) : found.data.rows.length === 0 ? (
        <EmptyState title={t("billing.nobody_owes")} />
      ) : (
        <div className={classes.frame}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t("billing.company")}</th>
                {BUCKETS.map((key) => (
                  <th key={key} className={classes.number}>
                    {t(`billing.bucket_${key}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.data.rows.map((row) => (
                <tr key={`${row.company.id} ${row.currency}`}>
                  <td>
                    <RecordLink object="company" id={row.company.id} className={classes.link}>
                      {row.company.title ?? "—"}
                    </RecordLink>
                  </td>
                  {cells(row)}
                </tr>
              ))}
              {found.data.totals.map((row) => (
                <tr key={row.currency} className={classes.sum}>
                  <td>{t("billing.total_in", { currency: row.currency })}</td>
                  {cells(row)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.data?.more && <p className={classes.quiet}>{t("billing.more_debtors")}</p>}
      {making && <StatementsDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}
