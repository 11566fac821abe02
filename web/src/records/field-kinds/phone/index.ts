/** phone: a number to call; the server keeps the normal form, the browser asks only for a likely one. */
import { isEmptyText, readText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { PhoneDisplay } from "./display";
import { PhoneInput } from "./input";
import { isLikelyPhone, phoneText } from "./value";

export const phoneKind: FieldKind<string> = {
  kind: "phone",
  trait: "text",
  Display: PhoneDisplay,
  Input: PhoneInput,
  toText: phoneText,
  fromText: (text) => readText(text.trim()),
  isEmpty: isEmptyText,
  validate: (value) => (isLikelyPhone(value) ? null : { code: "phone" }),
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 140,
};
