/** One of several phone numbers. */
import { isLikelyPhone, phoneText } from "../phone/value";

export const writeOne = (value: string) => phoneText(value);
export const hrefOf = (value: string) => `tel:${value.replace(/[^\d+]/g, "")}`;
export const problemOfOne = (value: string) => (isLikelyPhone(value) ? null : "phone");
