/** The browser comes to the same amounts as the server, by one table of cases. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { type Amounts, discountOf, documentOf, type Rounding, unitPrice } from "./amounts";

interface Case {
  name: string;
  terms: {
    digits?: number;
    discount?: string;
    tax_included?: boolean;
    document_tax?: boolean;
    rounding?: Rounding;
  };
  lines: [string, string, string, "optional"?][];
  amounts: string[][];
  total: string[];
}

const CASES = JSON.parse(
  readFileSync(resolve(process.cwd(), "../server/tests/data/lines.json"), "utf8"),
) as Case[];
const listed = (one: Amounts) => [one.amount, one.net, one.tax, one.total];

test.each(CASES.map((one) => [one.name, one] as const))("%s", (_, one) => {
  const { lines, total } = documentOf(
    one.lines.map(([quantity, price, tax, optional]) => ({
      quantity,
      unitPrice: price,
      taxPercent: tax,
      counts: !optional,
    })),
    {
      digits: one.terms.digits ?? 2,
      discount: one.terms.discount ?? "0",
      taxIncluded: one.terms.tax_included ?? true,
      documentTax: one.terms.document_tax ?? false,
      rounding: one.terms.rounding ?? "half_up",
    },
  );

  expect(lines.map(listed)).toEqual(one.amounts);
  expect(listed(total)).toEqual(one.total);
});

test.each([
  ["100", "12.5", "87.5"],
  ["99.99", "33.3333", "66.66003333"],
  ["100", "100", "0"],
  ["100", "-10", "110"],
])("%s less %s %% is %s, and back", (list, percent, price) => {
  expect(unitPrice(list, percent)).toBe(price);
  expect(discountOf(list, price)).toBe(percent);
});

test("without a list price there is no discount", () => {
  expect(discountOf("0", "5")).toBe("0");
  expect(discountOf("3", "2")).toBe("33.3333");
});
