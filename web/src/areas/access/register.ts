/** Access on the screens: what somebody may do in sum stands on their own page. */

import { lazy } from "react";
import { loadTexts } from "@/lib/i18n";
import { extendRecordPage } from "@/records/page/extensions";

export function registerAccess(): void {
  extendRecordPage("member", {
    tabs: [
      {
        key: "rights",
        title: "access.rights_in_sum",
        isFor: ({ member, rights }, { id }) =>
          member.id === id || rights.system.includes("members") || rights.system.includes("roles"),
        Panel: lazy(async () => {
          const [{ EffectiveRightsTab }] = await Promise.all([
            import("./roles/effective-rights"),
            loadTexts("areas/access/roles"),
          ]);
          return { default: EffectiveRightsTab };
        }),
      },
    ],
  });
}
