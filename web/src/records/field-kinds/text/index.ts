/** text: one line of words. */

import { PlainDisplay } from "../parts/plain-display";
import { isEmptyText, readText, tooLong, writeText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { TextKindInput } from "./input";

export const textKind: FieldKind<string> = {
  kind: "text",
  trait: "text",
  Display: PlainDisplay,
  Input: TextKindInput,
  toText: writeText,
  fromText: (text) => readText(text.replace(/\s*\n\s*/g, " ").trim()),
  isEmpty: isEmptyText,
  validate: tooLong,
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 180,
};
