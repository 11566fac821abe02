/** What of an order's line is left, in units of its quantities (four decimals). */
import type { OrderLine } from "./requests";

const SCALE = 10_000;
const units = (text: string | null | undefined) => Math.round(Number(text ?? 0) * SCALE);

export const ships = (line: OrderLine) => line["product.kind"] !== "service";

/** What was ordered and not cancelled, less what was shipped or invoiced; never below zero. */
export function leftOf(line: OrderLine, of: "shipped_quantity" | "invoiced_quantity"): number {
  if (of === "shipped_quantity" && !ships(line)) return 0;
  return Math.max(0, units(line.quantity) - units(line.cancelled_quantity) - units(line[of])) / SCALE;
}
