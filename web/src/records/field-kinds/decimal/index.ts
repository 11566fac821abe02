/** decimal: exact numbers as strings, with the field's number of decimals. */
import { formatNumber } from "@/lib/format";
import { parseDecimal } from "../number-text";
import { isEmptyNumber, numberProblem } from "../parts/number-kind";
import { NumberDisplay } from "../parts/plain-display";
import { numberSetting } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { DecimalInput } from "./input";

function toText(value: string | number | null | undefined): string {
  if (isEmptyNumber(value)) return "";
  return parseDecimal(String(value)) ? formatNumber(value) : String(value);
}

export const decimalKind: FieldKind<string | number> = {
  kind: "decimal",
  trait: "number",
  Display: NumberDisplay,
  Input: DecimalInput,
  toText,
  fromText: parseDecimal,
  isEmpty: isEmptyNumber,
  validate: (value, field) => numberProblem(value, field, numberSetting(field, "scale")),
  align: "end",
  editableInCell: true,
  cellEditor: "inline",
  width: 120,
};
