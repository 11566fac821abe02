/** about: one record of one of several objects. */
import type { AboutReference } from "@/api/types";
import { referenceText } from "../parts/reference";
import type { FieldKind } from "../types";
import { AboutDisplay } from "./display";
import { AboutInput } from "./input";

export const aboutKind: FieldKind<AboutReference> = {
  kind: "about",
  trait: "about",
  Display: AboutDisplay,
  Input: AboutInput,
  toText: referenceText,
  isEmpty: (value) => !value?.id,
  align: "start",
  editableInCell: true,
  cellEditor: "popover",
  width: 200,
};
