/** All areas of the product and what each adds to the screens: the wiring diagram of the client. */
import { registerAccess } from "@/areas/access/register";
import { registerActivities } from "@/areas/activities/register";
import { registerApprovals } from "@/areas/approvals/register";
import { registerBilling } from "@/areas/billing/register";
import { registerCommission } from "@/areas/commission/register";
import { registerContracts } from "@/areas/contracts/register";
import { registerCustomers } from "@/areas/customers/register";
import { registerDocuments } from "@/areas/documents/register";
import { registerEnablement } from "@/areas/enablement/register";
import { registerForms } from "@/areas/forms/register";
import { registerHandOver } from "@/areas/hand-over/register";
import { registerOrders } from "@/areas/orders/register";
import { registerPools } from "@/areas/pools/register";
import { registerQuotes } from "@/areas/quotes/register";
import { registerSales } from "@/areas/sales/register";
import { registerSettings } from "@/areas/settings/register";
import { registerViewAs } from "@/areas/view-as/register";

/** Called once, before the first page is drawn. */
export function registerAreas(): void {
  registerCustomers();
  registerSales();
  registerBilling();
  registerCommission();
  registerDocuments();
  registerQuotes();
  registerContracts();
  registerOrders();
  registerActivities();
  registerSettings();
  registerAccess();
  registerHandOver();
  registerViewAs();
  registerApprovals();
  registerForms();
  registerPools();
  registerEnablement();
}
