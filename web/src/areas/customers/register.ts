/** The customers area on the screens: the tree of a company group. */
import { lazy } from "react";
import { extendRecordPage } from "@/records/page/extensions";

export function registerCustomers(): void {
  extendRecordPage("company", {
    tabs: [
      {
        key: "group",
        title: "customers.group",
        Panel: lazy(() => import("./parts/company-tree").then((module) => ({ default: module.CompanyTree }))),
      },
    ],
  });
}
