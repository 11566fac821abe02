/** json: structured data without a form of its own. */
import type { FieldKind } from "../types";
import { JsonDisplay } from "./display";
import { JsonInput } from "./input";
import { jsonText, readJson, Unreadable } from "./value";

export const jsonKind: FieldKind<unknown> = {
  kind: "json",
  trait: "json",
  Display: JsonDisplay,
  Input: JsonInput,
  toText: jsonText,
  fromText: (text) => {
    const value = readJson(text);
    return value instanceof Unreadable ? undefined : value;
  },
  isEmpty: (value) => value === null || value === undefined,
  validate: (value) => (value instanceof Unreadable ? { code: "json" } : null),
  align: "start",
  editableInCell: true,
  cellEditor: "popover",
  width: 180,
};
