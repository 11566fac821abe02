/** progress: 0 to 100 %. */
import { parseDecimal } from "../number-text";
import { isEmptyNumber, numberProblem } from "../parts/number-kind";
import type { FieldKind } from "../types";
import { ProgressDisplay } from "./display";
import { ProgressInput } from "./input";

export const progressKind: FieldKind<string | number> = {
  kind: "progress",
  trait: "number",
  Display: ProgressDisplay,
  Input: ProgressInput,
  toText: (value) => (isEmptyNumber(value) ? "" : `${value}%`),
  fromText: parseDecimal,
  isEmpty: isEmptyNumber,
  validate: (value, field) => numberProblem(value, { ...field, settings: { min: 0, max: 100 } }, 0),
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 140,
};
