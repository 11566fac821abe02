/** datetime: an instant, stored in UTC, shown in the browser's zone. */
import { parseDateTime } from "../date-text";
import { isEmptyText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { DateTimeDisplay } from "./display";
import { DateTimeInput } from "./input";
import { datetimeText } from "./value";

export const datetimeKind: FieldKind<string> = {
  kind: "datetime",
  trait: "datetime",
  Display: DateTimeDisplay,
  Input: DateTimeInput,
  toText: datetimeText,
  fromText: (text) => parseDateTime(text),
  isEmpty: isEmptyText,
  validate: (value) => (parseDateTime(value) ? null : { code: "datetime" }),
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 160,
};
