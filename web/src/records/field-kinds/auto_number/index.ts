/** auto_number: a number the server gives; never edited. */

import { NumberDisplay } from "../parts/plain-display";
import { isEmptyText, writeText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { AutoNumberInput } from "./input";

export const autoNumberKind: FieldKind<string> = {
  kind: "auto_number",
  trait: "text",
  Display: NumberDisplay,
  Input: AutoNumberInput,
  toText: writeText,
  isEmpty: isEmptyText,
  align: "start",
  editableInCell: false,
  cellEditor: "inline",
  width: 130,
};
