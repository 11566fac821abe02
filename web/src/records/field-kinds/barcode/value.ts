/** What each format of bar code can hold. */
import type { KindField } from "../types";

export type CodeFormat = "code128" | "ean13" | "ean8" | "upc_a" | "qr";

const DIGITS: Partial<Record<CodeFormat, number>> = { ean13: 13, ean8: 8, upc_a: 12 };
export const FORMAT_NAMES: Record<CodeFormat, string> = {
  code128: "Code 128",
  ean13: "EAN-13",
  ean8: "EAN-8",
  upc_a: "UPC-A",
  qr: "QR",
};

export function formatOf(field: KindField): CodeFormat {
  const format = field.settings.format as CodeFormat | undefined;
  return format && format in FORMAT_NAMES ? format : "code128";
}

/** Without the separators people put between digits. */
export function normalBarcode(text: string, format: CodeFormat): string {
  return DIGITS[format] ? text.replace(/[\s-]/g, "") : text.trim();
}

export function fitsFormat(text: string, format: CodeFormat): boolean {
  const length = DIGITS[format];
  if (!length) return format === "qr" ? text.length <= 500 : /^[ -~]{1,80}$/.test(text);
  if (!/^\d+$/.test(text) || text.length !== length) return false;
  const sum = [...text.slice(0, -1)]
    .reverse()
    .reduce((all, digit, at) => all + Number(digit) * (at % 2 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10 === Number(text.at(-1));
}
