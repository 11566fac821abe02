/** What a company owes, with how much of each invoice is settled: proposed oldest first, and changed by hand. */
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { OpenItem } from "@/api/types";
import { formatDate, formatMoney } from "@/lib/format";
import classes from "./billing.module.css";

export type Amounts = Readonly<Record<string, string>>;

/** The amounts that a proposal fills in. */
export function proposedAmounts(items: readonly OpenItem[]): Record<string, string> {
  return Object.fromEntries(
    items.map(({ invoice, proposed }) => [
      invoice,
      proposed && Number(proposed.amount) !== 0 ? proposed.amount : "",
    ]),
  );
}

/** Those of the amounts that settle something. */
export const wantedOf = (amounts: Amounts) =>
  Object.entries(amounts)
    .map(([invoice, amount]) => ({ invoice, amount: amount.trim() }))
    .filter(({ amount }) => amount !== "" && Number(amount) !== 0);

export function OpenItems({
  items,
  amounts,
  onChange,
}: {
  items: readonly OpenItem[];
  amounts: Amounts;
  onChange(invoice: string, amount: string): void;
}) {
  const { t } = useTranslation();
  if (items.length === 0) return <p className={classes.quiet}>{t("billing.nothing_due")}</p>;
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t("billing.invoice")}</th>
            <th>{t("billing.due_on")}</th>
            <th className={classes.number}>{t("billing.open")}</th>
            <th className={classes.number}>{t("billing.settle")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.invoice}>
              <td>{item.number}</td>
              <td>
                {formatDate(item.due_on)}
                {item.overdue_days > 0 && (
                  <span className={classes.late}>{t("billing.overdue", { count: item.overdue_days })}</span>
                )}
              </td>
              <td className={classes.number}>{formatMoney(item.open)}</td>
              <td className={classes.number}>
                {item.proposed ? (
                  <TextInput
                    size="xs"
                    inputMode="decimal"
                    className={classes.amount}
                    aria-label={t("billing.settle_of", { number: item.number })}
                    value={amounts[item.invoice] ?? ""}
                    onChange={(event) => onChange(item.invoice, event.currentTarget.value)}
                  />
                ) : (
                  <span className={classes.quiet}>{t("billing.no_rate")}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
