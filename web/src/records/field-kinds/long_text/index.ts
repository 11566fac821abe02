/** long_text: words over several lines. */
import { isEmptyText, readText, tooLong, writeText } from "../parts/plain-text";
import { plainDisplay } from "../parts/plain-display";
import type { FieldKind } from "../types";
import { LongTextInput } from "./input";

export const longTextKind: FieldKind<string> = {
  kind: "long_text",
  trait: "text",
  Display: plainDisplay(writeText),
  Input: LongTextInput,
  toText: writeText,
  fromText: (text) => readText(text.trim()),
  isEmpty: isEmptyText,
  validate: tooLong,
  align: "start",
  editableInCell: true,
  cellEditor: "popover",
  width: 240,
};
