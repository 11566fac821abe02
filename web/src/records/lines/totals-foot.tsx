/** What the lines come to: before the discount on the total, the discount, net, tax and total. */
import { useTranslation } from "react-i18next";
import { formatMoney } from "@/lib/format";
import { addUp } from "../field-kinds/sub_table/lines";
import type { Amounts } from "./amounts";
import classes from "./lines.module.css";

const WHOLE = new Set(["JPY", "KRW", "VND"]);
const THREE = new Set(["KWD", "BHD", "OMR", "JOD", "TND"]);

/** Digits after the point that a currency can pay, as the server knows them (`kit/money.py`). */
export const decimalsOf = (currency: string) => (WHOLE.has(currency) ? 0 : THREE.has(currency) ? 3 : 2);

interface TotalsFootProps {
  total: Amounts;
  currency: string;
  discount: string;
  taxIncluded: boolean;
  count: number;
}

export function TotalsFoot({ total, currency, discount, taxIncluded, count }: TotalsFootProps) {
  const { t } = useTranslation();
  const money = (amount: string) => formatMoney({ amount, currency });
  const base = taxIncluded ? total.total : total.net;
  const given = addUp([base, total.amount.startsWith("-") ? total.amount.slice(1) : `-${total.amount}`]);
  const facts: [string, string][] = [
    [t("lines.count"), String(count)],
    ...(Number(discount)
      ? ([
          [t("lines.before_discount"), money(total.amount)],
          [t("lines.discount_on_total", { percent: discount }), money(given ?? "0")],
        ] as [string, string][])
      : []),
    [t("lines.net"), money(total.net)],
    [t("lines.tax"), money(total.tax)],
  ];
  return (
    <dl className={classes.foot} aria-label={t("lines.totals")}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div data-total>
        <dt>{t("lines.total")}</dt>
        <dd>{money(total.total)}</dd>
      </div>
    </dl>
  );
}
