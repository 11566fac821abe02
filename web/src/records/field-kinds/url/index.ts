/** url: a web address. */
import { isEmptyText, readText, tooLong, writeText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { UrlDisplay } from "./display";
import { UrlInput } from "./input";
import { safeHref } from "./value";

export const urlKind: FieldKind<string> = {
  kind: "url",
  trait: "text",
  Display: UrlDisplay,
  Input: UrlInput,
  toText: writeText,
  fromText: (text) => readText(text.trim()),
  isEmpty: isEmptyText,
  validate: (value, field) => (safeHref(value) ? tooLong(value, field) : { code: "url" }),
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 180,
};
