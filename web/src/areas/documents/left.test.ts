import { expect, test } from "vitest";
import { type ConvertibleLine, leftOf } from "./left";

const line = (values: Partial<ConvertibleLine>) => ({ quantity: "1", ...values }) as ConvertibleLine;

test("what is left is exact, of the sign of the line, and never past zero", () => {
  expect(leftOf(line({ quantity: "0.3", converted_quantity: "0.1" }))).toBe(0.2);
  expect(leftOf(line({ quantity: "2", converted_quantity: "2" }))).toBe(0);
  expect(leftOf(line({ quantity: "2", converted_quantity: "3" }))).toBe(0);
  expect(leftOf(line({ quantity: "-1", converted_quantity: null }))).toBe(-1);
  expect(leftOf(line({ quantity: "-1", converted_quantity: "-1" }))).toBe(0);
});

test("headings and options that nobody chose are not taken over", () => {
  expect(leftOf(line({ kind: "heading" }))).toBe(0);
  expect(leftOf(line({ optional: true, chosen: false }))).toBe(0);
  expect(leftOf(line({ optional: true, chosen: true }))).toBe(1);
});
