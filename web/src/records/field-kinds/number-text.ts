/** Numbers as people type and read them; amounts stay decimal strings, never floats. */

const WIDE = /[０-９．，－％]/g;
const WIDE_OFFSET = 0xfee0;
const UNITS: Record<string, number> = { 千: 3, 万: 4, 亿: 8, k: 3, m: 6 };

function narrow(text: string): string {
  return text.replace(WIDE, (char) => String.fromCharCode(char.charCodeAt(0) - WIDE_OFFSET));
}

/** Moves the decimal point `places` to the right without arithmetic on floats. */
function shift(digits: string, places: number): string {
  const [whole = "", fraction = ""] = digits.split(".");
  const padded = fraction.padEnd(places, "0");
  const rest = padded.slice(places);
  return `${whole}${padded.slice(0, places)}${rest ? `.${rest}` : ""}`;
}

/** Drops what carries no value: leading zeros and trailing decimal zeros. */
function trim(digits: string): string {
  const [whole = "", fraction = ""] = digits.split(".");
  const rest = fraction.replace(/0+$/, "");
  return `${whole.replace(/^0+(?=\d)/, "") || "0"}${rest ? `.${rest}` : ""}`;
}

/**
 * A decimal string of what was typed: "¥1,234.50" -> "1234.5", "３.2万" -> "32000", "(5)" -> "-5".
 * null when empty, undefined when it is not a number.
 */
export function parseDecimal(text: string): string | null | undefined {
  let rest = narrow(text).trim();
  if (rest === "") return null;
  const bracketed = /^\((.*)\)$/.exec(rest);
  rest = (bracketed?.[1] ?? rest).replace(/^(?:CN¥|US\$|HK\$|[¥￥$€£])\s*/, "").replace(/[,\s]/g, "");
  const match = /^([+-]?)(?:[¥￥$€£])?(\d+(?:\.\d*)?|\.\d+)([千万亿kKmM]?)(?:元|%)?$/.exec(rest);
  if (!match) return undefined;
  const [, sign, digits = "", unit = ""] = match;
  const value = trim(shift(digits.startsWith(".") ? `0${digits}` : digits, UNITS[unit.toLowerCase()] ?? 0));
  const negative = (sign === "-") !== Boolean(bracketed);
  return negative && value !== "0" ? `-${value}` : value;
}

/** Digits after the point that carry value. */
export function scaleOf(value: string): number {
  return (value.split(".")[1] ?? "").replace(/0+$/, "").length;
}
