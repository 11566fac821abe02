/** Editor of amounts; a typed currency sign changes the currency. */
import { formatNumber } from "@/lib/format";
import { parseDecimal } from "../number-text";
import { TextBox } from "../parts/text-box";
import type { InputProps } from "../types";
import { asMoney, currencyOf, type Money, readMoney } from "./value";

export function MoneyInput(props: InputProps<Money | string | number>) {
  const current = asMoney(props.value, props.field);
  const currency = current?.currency ?? currencyOf(props.field);
  const read = (text: string): Money | null => {
    const money = readMoney(text, currency);
    return money === undefined ? { amount: text, currency } : money;
  };
  const write = (value: Money | string | number | null | undefined) =>
    asMoney(value, props.field)?.amount ?? "";
  const rest = (value: Money | string | number | null | undefined) => {
    const text = write(value);
    return parseDecimal(text) ? formatNumber(text) : text;
  };
  return (
    <TextBox<Money | string | number>
      {...props}
      write={write}
      read={read}
      rest={rest}
      inputMode="decimal"
      numeric
      rightSection={props.compact ? undefined : <span aria-hidden="true">{currency}</span>}
      rightSectionWidth={52}
    />
  );
}
