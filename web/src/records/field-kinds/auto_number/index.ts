/** auto_number: a number the server gives; never edited. */
import { isEmptyText, writeText } from "../parts/plain-text";
import { plainDisplay } from "../parts/plain-display";
import type { FieldKind } from "../types";
import { AutoNumberInput } from "./input";

export const autoNumberKind: FieldKind<string> = {
  kind: "auto_number",
  trait: "text",
  Display: plainDisplay(writeText, true),
  Input: AutoNumberInput,
  toText: writeText,
  isEmpty: isEmptyText,
  align: "start",
  editableInCell: false,
  cellEditor: "inline",
  width: 130,
};
