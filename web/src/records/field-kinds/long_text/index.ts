/** long_text: words over several lines. */

import { PlainDisplay } from "../parts/plain-display";
import { isEmptyText, readText, tooLong, writeText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { LongTextInput } from "./input";

export const longTextKind: FieldKind<string> = {
  kind: "long_text",
  trait: "text",
  Display: PlainDisplay,
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
