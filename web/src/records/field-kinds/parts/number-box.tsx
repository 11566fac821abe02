/** The editor of numbers: plain digits while typing, grouped digits at rest. */
import { formatNumber } from "@/lib/format";
import { parseDecimal } from "../number-text";
import type { InputProps } from "../types";
import { readNumber } from "./number-kind";
import { TextBox } from "./text-box";

interface NumberBoxProps extends InputProps<string | number> {
  /** Turns the typed decimal string into the kind's value. */
  make?(decimal: string): string | number;
  suffix?: string;
}

export function NumberBox({ make = (decimal) => decimal, suffix, ...props }: NumberBoxProps) {
  const read = (text: string) => {
    const decimal = readNumber(text);
    return decimal === null || parseDecimal(decimal) === undefined ? decimal : make(decimal);
  };
  const write = (value: string | number | null | undefined) =>
    value === null || value === undefined ? "" : String(value);
  const rest = (value: string | number | null | undefined) => {
    const text = write(value);
    return parseDecimal(text) ? formatNumber(text) : text;
  };
  return (
    <TextBox<string | number>
      {...props}
      write={write}
      read={read}
      rest={rest}
      inputMode="decimal"
      numeric
      rightSection={suffix ? <span aria-hidden="true">{suffix}</span> : undefined}
    />
  );
}
