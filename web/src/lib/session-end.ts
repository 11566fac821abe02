/** What happens when the server no longer takes the session, or asks for a second factor first. */
import { ApiError } from "./api";

export const SECOND_FACTOR_NEEDED = "identity.second_factor_needed";
/** The workspace is entered through its identity provider, and the session was not. */
export const SINGLE_SIGN_ON_NEEDED = "single_sign_on.needed";

const ENDS: Record<string, "idle" | "over"> = {
  "identity.session_idle": "idle",
  "identity.session_over": "over",
};

/** Where nothing can be done without being signed in: the workspaces, and the question of an app. */
const SIGNED_IN = ["/w/", "/oauth/authorize"];

/** Why a session ended by itself; undefined when nothing is known of it. */
export function endedBy(error: ApiError): "idle" | "over" | undefined {
  return ENDS[error.code];
}

/** The address to go on with after such a refusal, with the way back; null for any other error. */
export function wayOut(error: unknown, here: string): string | null {
  if (!(error instanceof ApiError) || !SIGNED_IN.some((start) => here.startsWith(start))) return null;
  const search = new URLSearchParams({ next: here });
  if (error.code === SECOND_FACTOR_NEEDED) return `/second-factor?${search}`;
  if (error.code === SINGLE_SIGN_ON_NEEDED) {
    search.set("workspace", String(error.params.workspace ?? ""));
    search.set("problem", error.code);
    return `/sign-in?${search}`;
  }
  if (error.status !== 401 || !error.code.startsWith("request.not_signed_in")) {
    const ended = endedBy(error);
    if (!ended) return null;
    search.set("ended", ended);
  }
  return `/sign-in?${search}`;
}

/** Leaves the page when an error means that nothing on it can be asked for any more. */
export function leaveWhenOver(error: unknown): void {
  const { pathname, search } = window.location;
  const way = wayOut(error, pathname + search);
  if (way) window.location.assign(way);
}
