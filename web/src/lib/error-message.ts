/** The sentence a person reads for an error: the server's own, or ours when the server could not speak. */
import i18next from "i18next";
import { ApiError } from "./api";

export function errorMessage(error: unknown): string {
  if (error instanceof ApiError) {
    if (error.status === 0) return i18next.t("lib.error_network");
    const general =
      error.message || i18next.t(error.status >= 500 ? "lib.error_server" : "lib.error_refused");
    const [first] = error.fields;
    return first && !general.includes(first.message) ? `${general} ${first.message}`.trim() : general;
  }
  return i18next.t("lib.error_unexpected");
}
