/** The account of a company for a period: what was open, every movement with the balance after it, what is open now. */
import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, FileDown, FileSpreadsheet, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StatementAccount } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { formatDate, formatMoney } from "@/lib/format";
import { LANGUAGES } from "@/lib/language";
import { can } from "@/lib/rights";
import { LANGUAGE_NAMES } from "@/lib/settings";
import { RecordLink } from "@/records/lookup/record-link";
import type { RecordPartProps } from "@/records/page/extensions";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./billing.module.css";
import { PaymentDialog } from "./payment-dialog";
import { PERIODS, PeriodFields } from "./period-fields";
import { statementFile, statementQuery } from "./requests";

export function StatementTab({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const payments = useObject("payment");
  const [[begins, ends], setPeriod] = useState(PERIODS.this_year);
  const [paying, setPaying] = useState(false);
  const found = useQuery({ ...statementQuery(record.id, begins, ends), placeholderData: (old) => old });
  return (
    <div>
      <div className={classes.tools}>
        <PeriodFields value={[begins, ends]} onChange={setPeriod} />
        <span className={classes.space} />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="compact-sm" variant="default" rightSection={<ChevronDown size={14} />}>
              {t("billing.download")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {LANGUAGES.map((language) => (
              <Menu.Item
                key={language}
                component="a"
                href={statementFile(record.id, { begins, ends, kind: "pdf", language })}
                leftSection={<FileDown size={14} />}
              >
                {t("billing.as_pdf", { language: LANGUAGE_NAMES[language] })}
              </Menu.Item>
            ))}
            <Menu.Item
              component="a"
              href={statementFile(record.id, { begins, ends })}
              leftSection={<FileSpreadsheet size={14} />}
            >
              {t("billing.as_xlsx")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {can(payments, "create") && (
          <Button size="compact-sm" leftSection={<Plus size={14} />} onClick={() => setPaying(true)}>
            {t("billing.record")}
          </Button>
        )}
      </div>
      {found.isError ? (
        <ErrorState compact error={found.error} onRetry={() => found.refetch()} />
      ) : !found.data ? (
        <RowsSkeleton rows={5} height={36} />
      ) : found.data.accounts.length === 0 ? (
        <EmptyState title={t("billing.no_movements")} />
      ) : (
        found.data.accounts.map((one) => (
          <Account key={one.currency} account={one} begins={begins} ends={ends} />
        ))
      )}
      {paying && (
        <PaymentDialog
          company={record.id}
          currency={found.data?.accounts[0]?.currency ?? "CNY"}
          onClose={() => setPaying(false)}
        />
      )}
    </div>
  );
}

function Account({ account, begins, ends }: { account: StatementAccount; begins: string; ends: string }) {
  const { t } = useTranslation();
  const { currency } = account;
  const money = (amount: string | null) => (amount === null ? "" : formatMoney({ amount, currency }));
  return (
    <section className={classes.frame} aria-label={t("billing.account_in", { currency })}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("billing.day")}</th>
            <th>{t("billing.item")}</th>
            <th>{t("billing.number")}</th>
            <th className={classes.number}>{t("billing.charged")}</th>
            <th className={classes.number}>{t("billing.paid")}</th>
            <th className={classes.number}>{t("billing.balance")}</th>
          </tr>
        </thead>
        <tbody>
          <tr className={classes.sum}>
            <td>{formatDate(begins)}</td>
            <td colSpan={4}>{t("billing.opening")}</td>
            <td className={classes.number}>{money(account.opening)}</td>
          </tr>
          {account.lines.map((line, place) => (
            <tr key={`${line.record} ${place.toString()}`}>
              <td>{formatDate(line.on)}</td>
              <td>{t(`billing.movement_${line.kind}`)}</td>
              <td>
                <RecordLink object={line.object} id={line.record} className={classes.link}>
                  {line.number}
                </RecordLink>
              </td>
              <td className={classes.number}>{money(line.charged)}</td>
              <td className={classes.number}>{money(line.paid)}</td>
              <td className={classes.number}>{money(line.balance)}</td>
            </tr>
          ))}
          <tr className={classes.sum}>
            <td>{formatDate(ends)}</td>
            <td colSpan={2}>{t("billing.closing")}</td>
            <td className={classes.number}>{money(account.charged)}</td>
            <td className={classes.number}>{money(account.paid)}</td>
            <td className={classes.number}>{money(account.closing)}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
