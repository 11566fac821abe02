/** rich_text: words with headings, lists and links, as HTML the server has cleaned. */
import { isEmptyText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { RichTextDisplay } from "./display";
import { RichTextInput } from "./input";
import { htmlOfText, plainOfHtml } from "./value";

export const richTextKind: FieldKind<string> = {
  kind: "rich_text",
  trait: "text",
  Display: RichTextDisplay,
  Input: RichTextInput,
  toText: plainOfHtml,
  fromText: (text) => (text.trim() === "" ? null : htmlOfText(text)),
  isEmpty: (value) => isEmptyText(value) || plainOfHtml(value) === "",
  align: "start",
  editableInCell: true,
  cellEditor: "popover",
  width: 240,
};
