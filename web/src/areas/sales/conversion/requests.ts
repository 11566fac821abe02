/** What the screen of conversion mappings reads. */
import { queryOptions } from "@tanstack/react-query";
import type { ConversionMappings } from "@/api/types";
import { currentWorkspace, workspaceRequest } from "@/lib/workspace";

export const MAPPING = "conversion_mapping";

export function mappingsQuery() {
  return queryOptions({
    queryKey: ["conversion-mappings", currentWorkspace()],
    queryFn: ({ signal }) => workspaceRequest<ConversionMappings>("/conversion-mappings", { signal }),
  });
}
