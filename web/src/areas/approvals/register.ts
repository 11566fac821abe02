/** Approvals on the pages of every record: what is being decided about it, and what was. */
import { lazy } from "react";
import { loadTexts } from "@/lib/i18n";
import { EVERY_OBJECT, extendRecordPage } from "@/records/page/extensions";

export function registerApprovals(): void {
  extendRecordPage(EVERY_OBJECT, {
    Banner: lazy(async () => {
      const [module] = await Promise.all([import("./record-banner"), loadTexts("areas/approvals")]);
      return { default: module.RecordBanner };
    }),
    tabs: [
      {
        key: "approvals",
        title: "page.tab_approvals",
        isFor: (_me, _record, approvals) => approvals > 0,
        Panel: lazy(async () => {
          const [module] = await Promise.all([import("./record-approvals"), loadTexts("areas/approvals")]);
          return { default: module.RecordApprovals };
        }),
      },
    ],
  });
}
