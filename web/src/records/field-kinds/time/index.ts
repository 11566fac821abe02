/** time: a time of day. */
import { NumberDisplay } from "../parts/plain-display";
import { isEmptyText, writeText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { TimeKindInput } from "./input";
import { parseTime } from "./value";

export const timeKind: FieldKind<string> = {
  kind: "time",
  trait: "time",
  Display: NumberDisplay,
  Input: TimeKindInput,
  toText: writeText,
  fromText: parseTime,
  isEmpty: isEmptyText,
  validate: (value) => (parseTime(value) ? null : { code: "time" }),
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 90,
};
