/** What the security pages ask for. */
import { queryOptions } from "@tanstack/react-query";
import type { MemberSignIn, PasswordRules } from "@/api/types";
import { listKnownDevices, listSecondFactors } from "@/lib/second-factor";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";

export function secondFactorsQuery() {
  return queryOptions({ queryKey: ["second-factors"], queryFn: listSecondFactors });
}

export function knownDevicesQuery() {
  return queryOptions({ queryKey: ["known-devices"], queryFn: listKnownDevices });
}

export function memberSignInQuery(member: string) {
  return queryOptions({
    queryKey: ["member-sign-in", currentWorkspace(), member],
    queryFn: ({ signal }) => workspaceRequest<MemberSignIn>(`/members/${member}/sign-in`, { signal }),
  });
}

export function passwordRulesQuery() {
  return queryOptions({
    queryKey: ["password-rules", currentWorkspace()],
    queryFn: ({ signal }) => workspaceRequest<PasswordRules>("/password-rules", { signal }),
  });
}
