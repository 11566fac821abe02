/** The lines of the offer; optional ones are ticked. */
import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatMoney, formatNumber, formatPercent } from "@/lib/format";
import { addUp } from "@/records/field-kinds/sub_table/lines";
import type { Amounts } from "@/records/lines/amounts";
import { Chip } from "@/ui/chip";
import classes from "./offer.module.css";
import type { OfferedLine, OfferedQuote } from "./requests";

interface OfferLinesProps {
  offer: OfferedQuote;
  amounts: Amounts[];
  chosen: ReadonlySet<string>;
  /** null where nothing can be chosen any more. */
  onToggle: ((id: string) => void) | null;
}

export function OfferLines({ offer, amounts, chosen, onToggle }: OfferLinesProps) {
  const { t } = useTranslation();
  const { currency } = offer.arithmetic;
  const money = (amount: string) => formatMoney({ amount, currency });
  const discounted = offer.lines.some((line) => Number(line.discount ?? 0) !== 0);
  const columns = discounted ? 7 : 5;
  const counts = (line: OfferedLine) => line.kind === "item" && (!line.optional || chosen.has(line.id));
  /** What counts since the heading or subtotal before the place. */
  const subtotal = (place: number) => {
    const sums: string[] = [];
    for (let at = place - 1; at >= 0 && offer.lines[at]?.kind === "item"; at -= 1) {
      const line = offer.lines[at];
      if (line && counts(line)) sums.push(amounts[at]?.total ?? "0");
    }
    return money(addUp(sums.length > 0 ? sums : ["0"]) ?? "0");
  };
  return (
    <div className={classes.scroll}>
      <table className={classes.lines}>
        <thead>
          <tr>
            <th>{t("offer.item")}</th>
            <th data-number>{t("offer.quantity")}</th>
            {discounted && <th data-number>{t("offer.list_price")}</th>}
            {discounted && <th data-number>{t("offer.discount")}</th>}
            <th data-number>{t("offer.price")}</th>
            <th data-number>{t("offer.tax_rate")}</th>
            <th data-number>{t("offer.amount")}</th>
          </tr>
        </thead>
        <tbody>
          {offer.lines.map((line, place) => {
            if (line.kind !== "item") {
              return (
                <tr key={line.id} data-kind={line.kind}>
                  <td colSpan={columns - 1}>
                    {line.name || (line.kind === "subtotal" ? t("offer.subtotal") : "")}
                  </td>
                  <td data-number>{line.kind === "subtotal" ? subtotal(place) : ""}</td>
                </tr>
              );
            }
            return (
              <tr key={line.id} data-left={counts(line) ? undefined : true}>
                <td>
                  <span className={classes.item}>
                    {line.optional && (
                      <Checkbox
                        aria-label={t("offer.choose", { name: line.name })}
                        checked={chosen.has(line.id)}
                        disabled={!onToggle}
                        onChange={() => onToggle?.(line.id)}
                      />
                    )}
                    <span>{line.name}</span>
                    {line.optional && <Chip hue="blue">{t("offer.optional")}</Chip>}
                  </span>
                </td>
                <td data-number data-name={t("offer.quantity")}>
                  {formatNumber(line.quantity)} {line.unit ?? ""}
                </td>
                {discounted && (
                  <td data-number data-name={t("offer.list_price")}>
                    {line.list_price === null ? "" : money(line.list_price)}
                  </td>
                )}
                {discounted && (
                  <td data-number data-name={t("offer.discount")}>
                    {Number(line.discount ?? 0) ? formatPercent(line.discount) : ""}
                  </td>
                )}
                <td data-number data-name={t("offer.price")}>
                  {money(line.unit_price)}
                </td>
                <td data-number data-name={t("offer.tax_rate")}>
                  {formatPercent(line.tax_percent)}
                </td>
                <td data-number data-name={t("offer.amount")}>
                  {money(amounts[place]?.total ?? line.total)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {onToggle && offer.lines.some((line) => line.optional) && (
        <p className={classes.hint}>{t("offer.optional_hint")}</p>
      )}
    </div>
  );
}
