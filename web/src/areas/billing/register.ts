/** Billing on the pages of records: what is done with invoices and payments, and the account of a company. */
import { type ComponentType, lazy } from "react";
import { loadTexts } from "@/lib/i18n";
import { extendRecordPage, type RecordPartProps } from "@/records/page/extensions";

const part = (load: () => Promise<ComponentType<RecordPartProps>>) =>
  lazy(async () => {
    const [found] = await Promise.all([load(), loadTexts("areas/billing")]);
    return { default: found };
  });

const InvoiceBanner = part(() => import("./invoice-banner").then((module) => module.InvoiceBanner));
const PaymentBanner = part(() => import("./payment-banner").then((module) => module.PaymentBanner));
const Allocations = part(() => import("./allocations-tab").then((module) => module.AllocationsTab));
const Statement = part(() => import("./statement-tab").then((module) => module.StatementTab));

export function registerBilling(): void {
  extendRecordPage("invoice", {
    Banner: InvoiceBanner,
    linesAreOpen: (invoice) => invoice.status === "draft",
    tabs: [
      { key: "settlement", title: "page.tab_allocations", instead: "payment_allocation", Panel: Allocations },
    ],
  });
  extendRecordPage("payment", {
    Banner: PaymentBanner,
    tabs: [
      { key: "settlement", title: "page.tab_allocations", instead: "payment_allocation", Panel: Allocations },
    ],
  });
  extendRecordPage("company", {
    tabs: [{ key: "account", title: "page.tab_statement", Panel: Statement }],
  });
}
