/** duration: whole seconds. */
import { NumberDisplay } from "../parts/plain-display";
import type { FieldKind } from "../types";
import { DurationInput } from "./input";
import { durationText, parseDuration, secondsOf } from "./value";

export const durationKind: FieldKind<number | string> = {
  kind: "duration",
  trait: "number",
  Display: NumberDisplay,
  Input: DurationInput,
  toText: (value, _field, language) =>
    value === null || value === undefined || value === "" ? "" : durationText(Number(value), language),
  fromText: (text, field) => parseDuration(text, secondsOf(field.settings.unit)),
  isEmpty: (value) => value === null || value === undefined || value === "",
  validate: (value) => (Number.isFinite(Number(value)) ? null : { code: "duration" }),
  align: "end",
  editableInCell: true,
  cellEditor: "inline",
  width: 120,
};
