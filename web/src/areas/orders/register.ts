/** Orders on the pages of records: what is done with them next, and how far they have come. */
import { type ComponentType, lazy } from "react";
import { loadTexts } from "@/lib/i18n";
import { extendRecordPage, type RecordPartProps } from "@/records/page/extensions";

const part = (load: () => Promise<ComponentType<RecordPartProps>>) =>
  lazy(async () => {
    const [found] = await Promise.all([load(), loadTexts("areas/orders")]);
    return { default: found };
  });

const OrderBanner = part(() => import("./order-banner").then((module) => module.OrderBanner));
const ShipmentBanner = part(() => import("./shipment-banner").then((module) => module.ShipmentBanner));
const DealBanner = part(() => import("./deal-banner").then((module) => module.DealBanner));
const Progress = part(() => import("./progress-tab").then((module) => module.ProgressTab));

export function registerOrders(): void {
  extendRecordPage("sales_order", {
    Banner: OrderBanner,
    linesAreOpen: (order) => order.status === "draft",
    tabs: [{ key: "progress", title: "page.tab_progress", Panel: Progress }],
  });
  extendRecordPage("shipment", { Banner: ShipmentBanner });
  extendRecordPage("opportunity", { Banner: DealBanner });
}
