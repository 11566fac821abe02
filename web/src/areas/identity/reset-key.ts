/** Whether the key of a mail may still set a password, asked before anybody types one. */
import { queryOptions } from "@tanstack/react-query";
import { send } from "@/lib/api";

const ADDRESS = "/_allauth/browser/v1/auth/password/reset";

/** False when the key was used, is too old, or never was. */
export function resetKeyQuery(key: string) {
  return queryOptions({
    queryKey: ["reset-key", key],
    queryFn: async ({ signal }) =>
      (await send(ADDRESS, { headers: { "X-Password-Reset-Key": key }, signal })).status !== 400,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
