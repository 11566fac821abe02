/**
 * The arithmetic of lines, as the server has it (`areas/catalogue/rules/lines.py`): one table of cases holds both to the
 * same cent. Numbers are decimal strings and are reckoned with as whole numbers; nothing here is a float.
 */

export interface AmountLine {
  quantity: string;
  unitPrice: string;
  taxPercent: string;
  /** An optional line that nobody chose has amounts of its own and adds nothing. */
  counts?: boolean;
}

/** Half away from zero, half to even, away from zero, towards zero. */
export type Rounding = "half_up" | "half_even" | "up" | "down";

export interface Terms {
  /** Decimals of the currency. */
  digits: number;
  /** Percent off the total. */
  discount: string;
  taxIncluded: boolean;
  /** Taxes are rounded once for all lines of a rate. */
  documentTax: boolean;
  /** Of amounts and taxes; half away from zero unless told. */
  rounding?: Rounding;
}

/** `amount` is before the discount on the total; `net` and `tax` are after it and make up the `total`. */
export interface Amounts {
  amount: string;
  net: string;
  tax: string;
  total: string;
}

/** A whole number and how many of its digits stand behind the point. */
interface Exact {
  units: bigint;
  scale: number;
}

const HUNDRED: Exact = { units: 100n, scale: 0 };
const PRICE_DIGITS = 10;
const DISCOUNT_DIGITS = 4;

function exact(text: string | null | undefined): Exact {
  const [whole = "0", fraction = ""] = (text || "0").split(".");
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

function shown({ units, scale }: Exact): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const text = scale ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits;
  return units < 0n ? `-${text}` : text;
}

const trimmed = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
const power = (places: number) => 10n ** BigInt(places);
const raised = (one: Exact, scale: number) => one.units * power(scale - one.scale);
const times = (one: Exact, other: Exact): Exact => ({
  units: one.units * other.units,
  scale: one.scale + other.scale,
});

function plus(one: Exact, other: Exact, sign = 1n): Exact {
  const scale = Math.max(one.scale, other.scale);
  return { units: raised(one, scale) + sign * raised(other, scale), scale };
}

/** A quotient to some digits. */
function divided(over: Exact, under: Exact, digits: number, rounding: Rounding = "half_up"): Exact {
  let top = over.units * power(digits + under.scale);
  let below = under.units * power(over.scale);
  if (below < 0n) [top, below] = [-top, -below];
  const size = top < 0n ? -top : top;
  const whole = size / below;
  const twice = (size % below) * 2n;
  const up =
    rounding === "up"
      ? twice > 0n
      : rounding === "half_even"
        ? twice > below || (twice === below && whole % 2n === 1n)
        : rounding === "half_up" && twice >= below;
  const found = up ? whole + 1n : whole;
  return { units: top < 0n ? -found : found, scale: digits };
}

/** The price after a discount in percent. */
export function unitPrice(listPrice: string, discount: string): string {
  const kept = plus(HUNDRED, exact(discount), -1n);
  return trimmed(shown(divided(times(exact(listPrice), kept), HUNDRED, PRICE_DIGITS)));
}

/** The discount in percent that makes the price of the list price; 0 where there is no list price. */
export function discountOf(listPrice: string, price: string): string {
  const listed = exact(listPrice);
  if (listed.units === 0n) return "0";
  const given = times(plus(listed, exact(price), -1n), HUNDRED);
  return trimmed(shown(divided(given, listed, DISCOUNT_DIGITS)));
}

/** The amounts of every line, in order, and those of the document: the sums of the lines that count. */
export function documentOf(lines: readonly AmountLine[], terms: Terms): { lines: Amounts[]; total: Amounts } {
  const nothing: Exact = { units: 0n, scale: terms.digits };
  const sums = { amount: nothing, net: nothing, tax: nothing, total: nothing };
  const counted = runningOf(terms);
  const told = lines.map((line) => {
    if (line.counts === false) return inWords(runningOf(terms)(line));
    const own = counted(line);
    for (const key of ["amount", "net", "tax", "total"] as const) sums[key] = plus(sums[key], own[key]);
    return inWords(own);
  });
  return { lines: told, total: inWords(sums) };
}

/** What comes to the amounts of one line after the other. */
function runningOf(terms: Terms): (line: AmountLine) => Record<keyof Amounts, Exact> {
  const { digits, rounding } = terms;
  const percent = exact(terms.discount);
  const nothing: Exact = { units: 0n, scale: digits };
  const running = { amount: nothing, given: nothing };
  const byRate = new Map<string, Exact>();
  return (line) => {
    const exactly = times(exact(line.quantity), exact(line.unitPrice));
    const amount = divided(exactly, { units: 1n, scale: 0 }, digits, rounding);
    running.amount = plus(running.amount, amount);
    const soFar = divided(times(running.amount, percent), HUNDRED, digits);
    const base = plus(amount, plus(soFar, running.given, -1n), -1n);
    running.given = soFar;
    const tax = terms.documentTax ? ofDocument(byRate, line, base, terms) : taxOf(base, line, terms);
    return terms.taxIncluded
      ? { amount, net: plus(base, tax, -1n), tax, total: base }
      : { amount, net: base, tax, total: plus(base, tax) };
  };
}

function taxOf(base: Exact, line: AmountLine, terms: Terms): Exact {
  const percent = exact(line.taxPercent);
  const under = terms.taxIncluded ? plus(HUNDRED, percent) : HUNDRED;
  return divided(times(base, percent), under, terms.digits, terms.rounding);
}

function ofDocument(byRate: Map<string, Exact>, line: AmountLine, base: Exact, terms: Terms): Exact {
  const rate = trimmed(line.taxPercent);
  const before = byRate.get(rate) ?? { units: 0n, scale: terms.digits };
  const after = plus(before, base);
  byRate.set(rate, after);
  return plus(taxOf(after, line, terms), taxOf(before, line, terms), -1n);
}

const inWords = (one: Record<keyof Amounts, Exact>): Amounts => ({
  amount: shown(one.amount),
  net: shown(one.net),
  tax: shown(one.tax),
  total: shown(one.total),
});
