/** lookup: one record of another object. */

import type { Reference } from "@/api/types";
import { referenceText } from "../parts/reference";
import type { FieldKind } from "../types";
import { LookupDisplay } from "./display";
import { LookupInput } from "./input";

export const lookupKind: FieldKind<Reference> = {
  kind: "lookup",
  trait: "ref",
  Display: LookupDisplay,
  Input: LookupInput,
  toText: referenceText,
  isEmpty: (value) => !value?.id,
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 180,
};
