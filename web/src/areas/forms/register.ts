/** Flows that are started on the pages of records. */
import { lazy } from "react";
import { loadTexts } from "@/lib/i18n";
import { EVERY_OBJECT, extendRecordPage } from "@/records/page/extensions";

export function registerForms(): void {
  extendRecordPage(EVERY_OBJECT, {
    PrimaryAction: lazy(async () => {
      const [module] = await Promise.all([import("./start-flow"), loadTexts("areas/forms")]);
      return { default: module.StartFlow };
    }),
  });
}
