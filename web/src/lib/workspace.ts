/** The workspace of this tab (taken from the address) and requests inside it. */
import { type RequestOptions, request, withQuery } from "./api";

let slug: string | null = null;

/** Called by the workspace route before anything below it loads. */
export function enterWorkspace(next: string): void {
  slug = next;
}

/** The slug in the address; throws outside of a workspace route, which is a programming error. */
export function currentWorkspace(): string {
  if (slug === null) throw new Error("no workspace in the address");
  return slug;
}

/** The address of a workspace resource, for links, downloads and <img src>. */
export function workspaceUrl(path: string, query?: RequestOptions["query"]): string {
  return withQuery(`/api/v1/${encodeURIComponent(currentWorkspace())}${path}`, query);
}

/** A request below /api/v1/{workspace}; `path` begins with "/". */
export function workspaceRequest<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return request<T>(workspaceUrl(path), options);
}
