/** multi_choice: several options of a list. */

import { isEmptyList, splitWords } from "../parts/lists";
import { keyOfText, optionOf, optionsOf, optionText } from "../parts/options";
import type { FieldKind } from "../types";
import { MultiChoiceDisplay } from "./display";
import { MultiChoiceInput } from "./input";

export const multiChoiceKind: FieldKind<string[]> = {
  kind: "multi_choice",
  trait: "choices",
  Display: MultiChoiceDisplay,
  Input: MultiChoiceInput,
  toText: (value, field, language) =>
    (value ?? [])
      .map((key) => optionText(optionOf(field, key), language))
      .join(language === "en" ? ", " : "、"),
  fromText: (text, field) => {
    const words = splitWords(text);
    if (words.length === 0) return null;
    const keys = words.map((word) => keyOfText(field, word));
    return keys.every((key) => key !== undefined) ? (keys as string[]) : undefined;
  },
  isEmpty: isEmptyList,
  validate: (value, field) =>
    value.every((key) => optionsOf(field).some((option) => option.key === key))
      ? null
      : { code: "not_an_option" },
  align: "start",
  editableInCell: true,
  cellEditor: "popover",
  width: 180,
};
