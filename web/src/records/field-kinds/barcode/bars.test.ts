/** Bars against codes worked out by the standards. */
import { expect, test } from "vitest";
import { code128, ean8, ean13 } from "./bars";

test("an EAN-13", () => {
  expect(ean13("4006381333931")).toBe(
    "10100011010100111010111101111010001001011001101010100001010000101000010111010010000101100110101",
  );
});

test("an EAN-8", () => {
  expect(ean8("96385074")).toBe("1010001011010111101111010110111010101001110111001010001001011100101");
});

test("a Code 128 begins, checks and stops as it must", () => {
  const bars = code128("PJJ123C");

  expect(bars.startsWith("11010010000")).toBe(true);
  expect(bars.endsWith("1100011101011")).toBe(true);
  expect(bars.length).toBe(11 * 9 + 13);
  // The check sign of this well-known example is 55 in set B, whose widths are 311321.
  expect(bars.slice(-24, -13)).toBe("11101000110");
});
