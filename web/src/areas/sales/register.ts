/** The sales area on the screens: stage path and conversion on record pages. */
import { lazy } from "react";
import { extendRecordPage } from "@/records/page/extensions";

export function registerSales(): void {
  extendRecordPage("opportunity", {
    Banner: lazy(() => import("./parts/stage-path").then((module) => ({ default: module.StagePath }))),
  });
  extendRecordPage("lead", {
    PrimaryAction: lazy(() =>
      import("./parts/convert-lead").then((module) => ({ default: module.ConvertLead })),
    ),
  });
}
