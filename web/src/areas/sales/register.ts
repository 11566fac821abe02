/** The sales area on the screens: stage path and conversion on record pages. */
import { lazy } from "react";
import { extendBoard } from "@/records/board/extensions";
import { extendRecordPage } from "@/records/page/extensions";

export function registerSales(): void {
  extendRecordPage("opportunity", {
    Banner: lazy(() => import("./parts/stage-path").then((module) => ({ default: module.StagePath }))),
  });
  extendBoard("opportunity", {
    Move: lazy(() => import("./parts/move-on-board").then((module) => ({ default: module.MoveOnBoard }))),
    answers: (code) => code.startsWith("sales.gate_") || code === "sales.loss_reason_required",
  });
  extendRecordPage("lead", {
    PrimaryAction: lazy(() =>
      import("./parts/convert-lead").then((module) => ({ default: module.ConvertLead })),
    ),
  });
}
