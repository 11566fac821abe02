/** person: a member of the workspace. */
import type { Reference } from "@/api/types";
import { referenceText } from "../parts/reference";
import type { FieldKind } from "../types";
import { PersonDisplay } from "./display";
import { PersonInput } from "./input";

export const personKind: FieldKind<Reference> = {
  kind: "person",
  trait: "ref",
  Display: PersonDisplay,
  Input: PersonInput,
  toText: referenceText,
  isEmpty: (value) => !value?.id,
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 130,
};
