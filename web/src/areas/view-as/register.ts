/** Looking at the workspace with a member's eyes begins on that member's page. */
import { lazy } from "react";
import { extendRecordPage } from "@/records/page/extensions";

export function registerViewAs(): void {
  extendRecordPage("member", {
    PrimaryAction: lazy(() =>
      import("./view-as-button").then((module) => ({ default: module.ViewAsButton })),
    ),
  });
}
