/** Where the list price of a line is from, in words; what is missing where there is none. */
import { useTranslation } from "react-i18next";
import type { Reference } from "@/api/types";
import classes from "./lines.module.css";
import { type LineRow, text } from "./model";

export function PriceReason({ row }: { row: LineRow | undefined }) {
  const { t } = useTranslation();
  if (!row) return null;
  if (row.problem) {
    return (
      <p className={classes.reason} data-problem role="alert">
        {row.problem}
      </p>
    );
  }
  const source = text(row.values.price_source);
  if (!source || !row.values.product) return null;
  const from = text(row.values.price_from);
  const book = (row.values.price_book as Reference | null)?.title ?? "";
  return (
    <p className={classes.reason}>
      {t("lines.list_price", { price: text(row.values.list_price) ?? "—" })}
      {source === "book" && from && Number(from)
        ? t("lines.from_book_tier", { book, from })
        : t(`lines.from_${source}`, { book })}
    </p>
  );
}
