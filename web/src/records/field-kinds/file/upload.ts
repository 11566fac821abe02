/** Sending files to the workspace. */
import type { FileValue } from "@/api/types";
import { workspaceRequest, workspaceUrl } from "@/lib/workspace";

/** Uploads one after the other, in the given order; the first refusal ends it. */
export async function uploadFiles(files: readonly File[]): Promise<FileValue[]> {
  const uploaded: FileValue[] = [];
  for (const file of files) {
    const body = new FormData();
    body.append("file", file, file.name);
    uploaded.push(await workspaceRequest<FileValue>("/files", { method: "POST", body }));
  }
  return uploaded;
}

/** The address of a picture that is drawn in the page. */
export function pictureUrl(file: Pick<FileValue, "id">): string {
  return workspaceUrl(`/files/${file.id}`, { inline: 1 });
}

export function fileUrl(file: Pick<FileValue, "id">): string {
  return workspaceUrl(`/files/${file.id}`);
}
