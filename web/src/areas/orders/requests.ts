/** What the screens of orders read and do. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  Filter,
  InvoicedOrder,
  MadeOrder,
  OrderState,
  RecordRow,
  Reference,
  ShipmentAnswer,
} from "@/api/types";
import { queryRecords, recordKeys, runAction } from "@/lib/records";

const MOST = 200;

export interface OrderLine extends RecordRow {
  name: string | null;
  product: Reference | null;
  unit: Reference | null;
  quantity: string;
  shipped_quantity: string | null;
  invoiced_quantity: string | null;
  cancelled_quantity: string | null;
  "product.kind": string | null;
}

export interface Part {
  line: string;
  quantity: string;
}

export function orderLinesQuery(order: string) {
  const where: Filter = { field: "order", op: "eq", value: order };
  const select = [
    "name",
    "unit",
    "quantity",
    "shipped_quantity",
    "invoiced_quantity",
    "cancelled_quantity",
    "product.kind",
  ];
  return queryOptions({
    queryKey: [...recordKeys.of("order_line"), "of", order],
    queryFn: async ({ signal }) =>
      (
        await queryRecords(
          "order_line",
          { where, select, sort: [{ field: "position", dir: "asc" }], limit: MOST },
          signal,
        )
      ).rows as OrderLine[],
  });
}

export const orderOpportunity = (opportunity: string) =>
  runAction<MadeOrder>("orders/order-opportunity", { opportunity });
export const confirmOrder = (order: string) => runAction<OrderState>("orders/confirm-order", { order });
export const reopenOrder = (order: string) => runAction<OrderState>("orders/reopen-order", { order });
export const cancelRest = (order: string) => runAction<OrderState>("orders/cancel-rest", { order });
export const pickShipment = (order: string, parts: Part[]) =>
  runAction<ShipmentAnswer>("orders/pick-shipment", { order, parts });
export const invoiceOrder = (order: string, parts: Part[]) =>
  runAction<InvoicedOrder>("orders/invoice-order", { order, parts });
export const sendShipment = (
  shipment: string,
  carrier: string,
  tracking_number: string,
  shipped_on: string,
) =>
  runAction<ShipmentAnswer>("orders/send-shipment", {
    shipment,
    carrier: carrier || null,
    tracking_number: tracking_number || null,
    shipped_on: shipped_on || null,
  });
export const moveShipment = (verb: "deliver" | "cancel" | "track", shipment: string) =>
  runAction<ShipmentAnswer>(`orders/${verb}-shipment`, { shipment });

/** Quantities and states of all of them hang together. */
export async function ordersChanged(client: QueryClient): Promise<void> {
  await Promise.all(
    ["sales_order", "order_line", "shipment", "shipment_line", "invoice", "invoice_line"].map((object) =>
      client.invalidateQueries({ queryKey: recordKeys.of(object) }),
    ),
  );
}
