/** color: #rrggbb. */
import { isEmptyText, writeText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { ColorDisplay } from "./display";
import { ColorKindInput } from "./input";
import { parseColor } from "./value";

export const colorKind: FieldKind<string> = {
  kind: "color",
  trait: "text",
  Display: ColorDisplay,
  Input: ColorKindInput,
  toText: writeText,
  fromText: parseColor,
  isEmpty: isEmptyText,
  validate: (value) => (parseColor(value) ? null : { code: "color" }),
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 110,
};
