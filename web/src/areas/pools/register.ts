/** Pools on the pages of records: claim and release, the day on which a record goes, the history of its owners. */
import { createElement, lazy } from "react";
import { loadTexts } from "@/lib/i18n";
import { EVERY_OBJECT, extendRecordPage, type RecordPartProps } from "@/records/page/extensions";

const PoolBanner = lazy(async () => {
  const [module] = await Promise.all([import("./record-banner"), loadTexts("areas/pools")]);
  return { default: module.PoolBanner };
});

/** Pages of objects without pools fetch nothing for it. */
function Banner(props: RecordPartProps) {
  return props.object.features.includes("pools") ? createElement(PoolBanner, props) : null;
}

export function registerPools(): void {
  extendRecordPage(EVERY_OBJECT, {
    Banner,
    tabs: [
      {
        key: "owners",
        title: "page.tab_owners",
        isFor: (_me, record) => "pooled_at" in record,
        Panel: lazy(async () => {
          const [module] = await Promise.all([import("./owners-tab"), loadTexts("areas/pools")]);
          return { default: module.OwnersTab };
        }),
      },
    ],
  });
}
