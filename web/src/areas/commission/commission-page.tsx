/** Commission: the runs and plans of whoever works it out, and the statements that the reader sees. */
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { formatDate, formatMoney } from "@/lib/format";
import { can } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { openCreateDialog } from "@/records/form/create-dialog";
import { RecordLink, recordHref } from "@/records/lookup/record-link";
import { AskDialog, type Question } from "@/ui/ask-dialog";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./commission.module.css";
import { calculateRun, commissionChanged, plansQuery, runsQuery, statementsQuery } from "./requests";

const BUSY_MS = 2000;

export function CommissionPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const runs = useObject("commission_run");
  const plans = useObject("commission_plan");
  const [question, setQuestion] = useState<Question | null>(null);
  const router = useRouter();
  usePageTitle(t("commission.title"));
  const create = async () => {
    const made = await openCreateDialog("commission_plan");
    if (made) router.history.push(recordHref("commission_plan", made.id));
  };
  const calculate = (): Question => ({
    title: t("commission.calculate_month"),
    text: t("commission.calculate_text"),
    button: t("commission.calculate"),
    done: t("commission.calculate_done"),
    fields: [{ key: "day", label: t("commission.any_day"), kind: "date" }],
    run: ({ day = "" }) => calculateRun("month", day),
  });
  return (
    <Page
      header={
        <PageHeader
          title={t("commission.title")}
          actions={
            <>
              {can(plans, "create") && plans && (
                <Button size="compact-sm" variant="default" leftSection={<Plus size={14} />} onClick={create}>
                  {t("commission.new_plan")}
                </Button>
              )}
              {can(runs, "create") && (
                <Button size="compact-sm" onClick={() => setQuestion(calculate())}>
                  {t("commission.calculate_month")}
                </Button>
              )}
            </>
          }
        />
      }
    >
      {can(runs, "read") && <Runs />}
      <Statements />
      {can(plans, "read") && <Plans />}
      {question && (
        <AskDialog
          question={question}
          onDone={() => commissionChanged(client)}
          onClose={() => setQuestion(null)}
        />
      )}
    </Page>
  );
}

interface Found<Row> {
  data?: Row[];
  error: unknown;
  isError: boolean;
  refetch(): unknown;
}

function Part<Row extends { id: string }>({
  title,
  none,
  hint,
  heads,
  found,
  cells,
}: {
  title: string;
  none: string;
  hint: string;
  heads: string[];
  found: Found<Row>;
  cells(row: Row): ReactNode[];
}) {
  return (
    <section className={classes.part} aria-label={title}>
      <h2 className={classes.title}>{title}</h2>
      {found.isError ? (
        <ErrorState compact error={found.error} onRetry={() => found.refetch()} />
      ) : !found.data ? (
        <RowsSkeleton rows={3} height={36} />
      ) : found.data.length === 0 ? (
        <EmptyState compact title={none}>
          {hint}
        </EmptyState>
      ) : (
        <div className={classes.frame}>
          <table className={classes.table}>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head}>{head}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.data.map((row) => (
                <tr key={row.id}>
                  {cells(row).map((cell, at) => (
                    <td key={heads[at]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Runs() {
  const { t } = useTranslation();
  const found = useQuery({
    ...runsQuery(),
    refetchInterval: ({ state }) =>
      state.data?.some((row) => row.status === "calculating") ? BUSY_MS : false,
  });
  return (
    <Part
      title={t("commission.runs")}
      none={t("commission.no_runs")}
      hint={t("commission.no_runs_hint")}
      heads={[
        t("commission.period"),
        t("commission.status"),
        t("commission.people"),
        t("commission.line_count"),
        t("commission.total"),
      ]}
      found={found}
      cells={(row) => [
        <RecordLink key="name" object="commission_run" id={row.id} className={classes.link}>
          {row.name}
        </RecordLink>,
        t(`commission.status_${row.status}`),
        row.people,
        row.line_count,
        formatMoney(row.total),
      ]}
    />
  );
}

function Statements() {
  const { t } = useTranslation();
  const found = useQuery(statementsQuery());
  return (
    <Part
      title={t("commission.statements")}
      none={t("commission.no_statements")}
      hint={t("commission.no_statements_hint")}
      heads={[
        t("commission.statement"),
        t("commission.status"),
        t("commission.total"),
        t("commission.dispute_state"),
      ]}
      found={found}
      cells={(row) => [
        <RecordLink key="name" object="commission_statement" id={row.id} className={classes.link}>
          {row.name}
        </RecordLink>,
        t(`commission.status_${row.status}`),
        formatMoney(row.total),
        row.dispute === "none" ? "" : t(`commission.dispute_${row.dispute}`),
      ]}
    />
  );
}

function Plans() {
  const { t } = useTranslation();
  const found = useQuery(plansQuery());
  return (
    <Part
      title={t("commission.plans")}
      none={t("commission.no_plans")}
      hint={t("commission.no_plans_hint")}
      heads={[
        t("commission.plan"),
        t("commission.version"),
        t("commission.status"),
        t("commission.valid_from"),
        t("commission.valid_to"),
      ]}
      found={found}
      cells={(row) => [
        <RecordLink key="name" object="commission_plan" id={row.id} className={classes.link}>
          {String(row.name ?? "")}
        </RecordLink>,
        String(row.number ?? 1),
        t(`commission.plan_status_${row.status}`),
        formatDate(row.valid_from as string | null),
        formatDate(row.valid_to as string | null),
      ]}
    />
  );
}
