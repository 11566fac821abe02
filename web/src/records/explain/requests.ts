/** Who can see one record, and why. */
import { queryOptions } from "@tanstack/react-query";
import type { RecordAccess } from "@/api/types";
import { recordKeys } from "@/lib/records";
import { workspaceRequest } from "@/lib/workspace";

/** Who can see the record and why; or, for one person, why they can or cannot. */
export function accessQuery(object: string, id: string, member: string | null) {
  return queryOptions({
    queryKey: [...recordKeys.record(object, id), "access", member],
    queryFn: ({ signal }) =>
      workspaceRequest<RecordAccess>(`/records/${object}/${id}/access`, {
        query: { member },
        signal,
      }),
    // A role, a department or a rule that changed meanwhile says so nowhere here.
    staleTime: 0,
    retry: false,
  });
}
