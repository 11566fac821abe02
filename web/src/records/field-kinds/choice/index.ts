/** choice: one option of a list. */

import { keyOfText, optionOf, optionsOf, optionText } from "../parts/options";
import { isEmptyText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { ChoiceDisplay } from "./display";
import { ChoiceInput } from "./input";

export const choiceKind: FieldKind<string> = {
  kind: "choice",
  trait: "choice",
  Display: ChoiceDisplay,
  Input: ChoiceInput,
  toText: (value, field, language) => (value ? optionText(optionOf(field, value), language) : ""),
  fromText: (text, field) => (text.trim() === "" ? null : keyOfText(field, text)),
  isEmpty: isEmptyText,
  validate: (value, field) =>
    optionsOf(field).some((option) => option.key === value) ? null : { code: "not_an_option" },
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 130,
};
