/** percent: 35 means 35 %. */
import { formatPercent } from "@/lib/format";
import { parseDecimal } from "../number-text";
import { isEmptyNumber, numberProblem } from "../parts/number-kind";
import { NumberDisplay } from "../parts/plain-display";
import { numberSetting } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { PercentInput } from "./input";

function toText(value: string | number | null | undefined): string {
  if (isEmptyNumber(value)) return "";
  const decimal = parseDecimal(String(value));
  return decimal ? formatPercent(decimal) : String(value);
}

export const percentKind: FieldKind<string | number> = {
  kind: "percent",
  trait: "number",
  Display: NumberDisplay,
  Input: PercentInput,
  toText,
  fromText: parseDecimal,
  isEmpty: isEmptyNumber,
  validate: (value, field) => numberProblem(value, field, numberSetting(field, "scale")),
  align: "end",
  editableInCell: true,
  cellEditor: "inline",
  width: 120,
};
