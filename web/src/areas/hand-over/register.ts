/** Handing over on the page of a person: a tab with what was handed over, and the way to begin. */
import { lazy } from "react";
import { extendRecordPage } from "@/records/page/extensions";

export function registerHandOver(): void {
  extendRecordPage("member", {
    tabs: [
      {
        key: "hand-over",
        title: "settings.hand_over",
        Panel: lazy(() => import("./member-tab").then((module) => ({ default: module.HandOverTab }))),
      },
    ],
  });
}
