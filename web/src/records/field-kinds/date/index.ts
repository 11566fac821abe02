/** date: a calendar day without time or zone. */
import { parseDate } from "../date-text";
import { NumberDisplay } from "../parts/plain-display";
import { isEmptyText, writeText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { DateKindInput } from "./input";

export const dateKind: FieldKind<string> = {
  kind: "date",
  trait: "date",
  Display: NumberDisplay,
  Input: DateKindInput,
  toText: writeText,
  fromText: (text) => parseDate(text),
  isEmpty: isEmptyText,
  validate: (value) => (parseDate(value) ? null : { code: "date" }),
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 120,
};
