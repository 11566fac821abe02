/** integer: whole numbers, kept as JSON numbers. */
import { formatNumber } from "@/lib/format";
import { parseDecimal, scaleOf } from "../number-text";
import { isEmptyNumber, numberProblem } from "../parts/number-kind";
import { NumberDisplay } from "../parts/plain-display";
import type { FieldKind, KindField } from "../types";
import { IntegerInput } from "./input";

/** Years and codes read wrongly with separators: the setting `grouping: false` writes bare digits. */
function toText(value: string | number | null | undefined, field: KindField): string {
  if (isEmptyNumber(value)) return "";
  const grouped = field.settings.grouping !== false && parseDecimal(String(value));
  return grouped ? formatNumber(grouped) : String(value);
}

export const integerKind: FieldKind<number | string> = {
  kind: "integer",
  trait: "number",
  Display: NumberDisplay,
  Input: IntegerInput,
  toText,
  fromText: (text) => {
    const parsed = parseDecimal(text);
    if (parsed === undefined || parsed === null) return parsed;
    return scaleOf(parsed) ? undefined : Number(parsed);
  },
  isEmpty: isEmptyNumber,
  validate: (value, field) => numberProblem(value, field, 0),
  align: "end",
  editableInCell: true,
  cellEditor: "inline",
  width: 110,
};
