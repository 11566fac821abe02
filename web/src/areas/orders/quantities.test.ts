import { expect, test } from "vitest";
import { leftOf } from "./quantities";
import type { OrderLine } from "./requests";

const line = (values: Partial<OrderLine>) => ({ quantity: "1", ...values }) as OrderLine;

test("what is left is exact, not below zero, and nothing of a service is shipped", () => {
  expect(leftOf(line({ quantity: "0.3", shipped_quantity: "0.1" }), "shipped_quantity")).toBe(0.2);
  expect(
    leftOf(line({ quantity: "10", cancelled_quantity: "4", shipped_quantity: "6" }), "shipped_quantity"),
  ).toBe(0);
  expect(leftOf(line({ quantity: "1", invoiced_quantity: "2" }), "invoiced_quantity")).toBe(0);
  expect(leftOf(line({ quantity: "3", "product.kind": "service" }), "shipped_quantity")).toBe(0);
});
