/** Editor of a bar code; hand scanners type into it and press Enter. */
import { readText, writeText } from "../parts/plain-text";
import { TextBox } from "../parts/text-box";
import type { InputProps } from "../types";
import { formatOf, normalBarcode } from "./value";

export function BarcodeInput(props: InputProps<string>) {
  const format = formatOf(props.field);
  return (
    <TextBox
      {...props}
      write={writeText}
      read={(text) => readText(text.trim() && normalBarcode(text, format))}
      numeric
    />
  );
}
