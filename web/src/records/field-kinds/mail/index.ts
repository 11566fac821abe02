/** mail: one mail address. */
import { isEmptyText, readText, tooLong, writeText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { MailDisplay } from "./display";
import { MailInput } from "./input";
import { isLikelyMail } from "./value";

export const mailKind: FieldKind<string> = {
  kind: "mail",
  trait: "text",
  Display: MailDisplay,
  Input: MailInput,
  toText: writeText,
  fromText: (text) => readText(text.trim()),
  isEmpty: isEmptyText,
  validate: (value, field) => (isLikelyMail(value) ? tooLong(value, field) : { code: "mail" }),
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 200,
};
