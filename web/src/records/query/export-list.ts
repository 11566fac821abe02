/** Takes a list along as a file: the same filter, order and columns as on screen. */
import dayjs from "dayjs";
import { ApiError, readResponse, send } from "@/lib/api";
import { workspaceUrl } from "@/lib/workspace";
import type { RowsQuery } from "./use-row-stores";

export type ExportFormat = "csv" | "xlsx";

/** Downloads the file; throws ApiError when the server refuses. */
export async function exportList(
  object: string,
  query: RowsQuery,
  format: ExportFormat,
  name: string,
): Promise<void> {
  const response = await send(workspaceUrl(`/records/${object}/export`), {
    method: "POST",
    body: { ...query, format },
  });
  if (!response.ok) {
    await readResponse(response).catch(async (error) => {
      if (!(error instanceof ApiError) || error.code !== "approvals.export_needed") throw error;
      const change = { op: "export", object, record: null, values: { ...query, format } } as const;
      await (await import("@/lib/held-changes")).askToSubmit(change, error);
    });
    return;
  }
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name} ${dayjs().format("YYYY-MM-DD HHmm")}.${format}`;
  link.click();
  URL.revokeObjectURL(url);
}
