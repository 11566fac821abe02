/** The lines on a narrow screen: a card each, opened to be changed. */
import { ActionIcon, Button, UnstyledButton } from "@mantine/core";
import { ChevronDown, ChevronRight, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatMoney } from "@/lib/format";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { fieldKind } from "../field-kinds";
import { isOpen } from "./grid-row";
import type { LinesViewProps } from "./line-grid";
import classes from "./lines.module.css";
import { isItem, text } from "./model";
import { PriceReason } from "./price-reason";

const AT_ONCE = 50;

export function LineCards({ lines, amounts, name, disabled }: LinesViewProps) {
  const { t } = useTranslation();
  const { columns, rows, currency, child } = lines;
  const [opened, setOpened] = useState<string | null>(null);
  const [most, setMost] = useState(AT_ONCE);
  if (rows.length === 0) return <p className={classes.empty}>{t("lines.empty")}</p>;
  return (
    <ul className={classes.cards} aria-label={name}>
      {rows.slice(0, most).map((row, place) => {
        const open = opened === row.key || Object.keys(row.values).length <= 1;
        const words = (key: string) => {
          const column = columns.find((one) => one.key === key);
          return column ? fieldKind(column.kind).toText(row.values[key], column, currentLanguage()) : "";
        };
        return (
          <li
            key={row.key}
            className={classes.card}
            data-kind={isItem(row) ? undefined : text(row.values.kind)}
            data-wrong={row.problem ? true : undefined}
          >
            <div className={classes.cardHead}>
              <UnstyledButton
                className={classes.cardOpen}
                aria-expanded={open}
                onClick={() => setOpened(open ? null : row.key)}
              >
                {open ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
                <span className={classes.cardName}>
                  {words("product") || words("name") || t("lines.new_line")}
                </span>
                <span className={classes.cardTotal}>
                  {text(row.values.kind) === "heading"
                    ? ""
                    : formatMoney({ amount: amounts[place]?.total ?? "0", currency })}
                </span>
                <span className={classes.cardFacts} hidden={!isItem(row)}>
                  {words("quantity")} {words("unit")} × {words("unit_price") || "—"}
                  {Number(text(row.values.discount) ?? 0) ? ` · −${words("discount")}` : ""}
                </span>
              </UnstyledButton>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={disabled}
                aria-label={t("field-kinds.remove_line", { place: place + 1 })}
                onClick={() => lines.remove(place)}
              >
                <Trash2 size={16} />
              </ActionIcon>
            </div>
            {open && (
              <div className={classes.cardFields}>
                {columns
                  .filter((column) => isOpen(column, row))
                  .map((column) => {
                    const kind = fieldKind(column.kind);
                    const id = `card-${row.key}-${column.key}`.replace(/\s/g, "-");
                    return (
                      <label key={column.key} htmlFor={id}>
                        <span>{label(column.label)}</span>
                        <kind.Input
                          id={id}
                          value={row.values[column.key] ?? null}
                          field={column}
                          object={child?.key ?? ""}
                          record={row.values}
                          onChange={(value) => lines.set(place, column.key, value)}
                          disabled={disabled}
                        />
                      </label>
                    );
                  })}
              </div>
            )}
            {open && <PriceReason row={row} />}
          </li>
        );
      })}
      {rows.length > most && (
        <li>
          <Button variant="subtle" size="compact-sm" onClick={() => setMost(most + AT_ONCE)}>
            {t("lines.more", { count: rows.length - most })}
          </Button>
        </li>
      )}
    </ul>
  );
}
