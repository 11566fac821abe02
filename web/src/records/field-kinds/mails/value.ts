/** One of several mail addresses. */
import { isLikelyMail } from "../mail/value";

export const writeOne = (value: string) => value;
export const hrefOf = (value: string) => `mailto:${value}`;
export const problemOfOne = (value: string) => (isLikelyMail(value) ? null : "mail");
