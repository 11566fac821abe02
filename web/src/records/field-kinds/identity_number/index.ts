/** identity_number: a resident identity number, masked wherever it is read. */
import { isEmptyText, writeText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { IdentityNumberDisplay } from "./display";
import { IdentityNumberInput } from "./input";
import { isIdentityNumber, isMasked, normalNumber } from "./value";

export const identityNumberKind: FieldKind<string> = {
  kind: "identity_number",
  trait: "secret",
  Display: IdentityNumberDisplay,
  Input: IdentityNumberInput,
  toText: writeText,
  fromText: (text) => {
    const number = normalNumber(text);
    if (number === "") return null;
    return isIdentityNumber(number) ? number : undefined;
  },
  isEmpty: isEmptyText,
  validate: (value) =>
    isMasked(value) || isIdentityNumber(normalNumber(value)) ? null : { code: "identity_number" },
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 180,
};
