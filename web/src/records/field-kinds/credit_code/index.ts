/** credit_code: the 18 characters of a Chinese organisation. */
import { NumberDisplay } from "../parts/plain-display";
import { isEmptyText, readText, writeText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { CreditCodeInput } from "./input";
import { isCreditCode, normalCode } from "./value";

export const creditCodeKind: FieldKind<string> = {
  kind: "credit_code",
  trait: "text",
  Display: NumberDisplay,
  Input: CreditCodeInput,
  toText: writeText,
  fromText: (text) => readText(normalCode(text)),
  isEmpty: isEmptyText,
  validate: (value) => (isCreditCode(normalCode(value)) ? null : { code: "credit_code" }),
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 180,
};
