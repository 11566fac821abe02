/** Why an app's question cannot be put, as far as the screen tells it apart; the sentence is the server's own. */
import { ApiError } from "@/lib/api";

export type ConsentProblem = "client" | "redirect" | "request" | "others" | "looking" | "refused" | "failed";

const CODES: Record<string, ConsentProblem> = {
  "access_keys.app_wrong_client": "client",
  "access_keys.app_wrong_redirect": "redirect",
  "access_keys.app_wrong_request": "request",
  "access_keys.app_of_others": "others",
  "access.view_as_read_only": "looking",
};

/** "failed" may go well when it is tried again; a refusal of the person may not with another account. */
export function problemOf(error: unknown): ConsentProblem {
  if (!(error instanceof ApiError)) return "failed";
  return CODES[error.code] ?? (error.status >= 400 && error.status < 429 ? "refused" : "failed");
}
