/** One of several web addresses. */
import { safeHref } from "../url/value";

export const writeOne = (value: string) => value;
export const hrefOf = (value: string) => safeHref(value);
export const problemOfOne = (value: string) => (safeHref(value) ? null : "url");
