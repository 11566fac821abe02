/** What the chosen lines come to. */
import { useTranslation } from "react-i18next";
import { formatMoney } from "@/lib/format";
import { addUp } from "@/records/field-kinds/sub_table/lines";
import type { Amounts } from "@/records/lines/amounts";
import classes from "./offer.module.css";
import type { OfferedQuote } from "./requests";

export function OfferTotals({ total, offer }: { total: Amounts; offer: OfferedQuote }) {
  const { t } = useTranslation();
  const { currency, discount, tax_included } = offer.arithmetic;
  const money = (amount: string) => formatMoney({ amount, currency });
  const base = tax_included ? total.total : total.net;
  const given = addUp([base, total.amount.startsWith("-") ? total.amount.slice(1) : `-${total.amount}`]);
  const facts: [string, string][] = [
    ...(Number(discount)
      ? ([
          [t("offer.before_discount"), money(total.amount)],
          [t("offer.on_total", { percent: discount }), money(given ?? "0")],
        ] as [string, string][])
      : []),
    [t("offer.net"), money(total.net)],
    [t("offer.tax"), money(total.tax)],
  ];
  return (
    <dl className={classes.totals}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div data-total>
        <dt>{t("offer.total")}</dt>
        <dd>{money(total.total)}</dd>
      </div>
      <div data-note>
        <dt>{t(tax_included ? "offer.tax_included" : "offer.tax_excluded")}</dt>
        <dd />
      </div>
    </dl>
  );
}
