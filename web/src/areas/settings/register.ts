/** The settings on the screens of records: how a member signs in, for those who manage members. */
import { lazy } from "react";
import { extendRecordPage } from "@/records/page/extensions";

export function registerSettings(): void {
  extendRecordPage("member", {
    tabs: [
      {
        key: "sign-in",
        title: "settings.member_sign_in",
        isFor: ({ rights }) => rights.system.includes("members"),
        Panel: lazy(() =>
          import("./security/member-sign-in").then((module) => ({ default: module.MemberSignInTab })),
        ),
      },
    ],
  });
}
