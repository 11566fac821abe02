/** many_to_many: several records of another object. */
import type { Reference } from "@/api/types";
import { isEmptyList } from "../parts/lists";
import { referenceText } from "../parts/reference";
import type { FieldKind } from "../types";
import { ManyToManyDisplay } from "./display";
import { ManyToManyInput } from "./input";

export const manyToManyKind: FieldKind<Reference[]> = {
  kind: "many_to_many",
  trait: "refs",
  Display: ManyToManyDisplay,
  Input: ManyToManyInput,
  toText: (value, _field, language) => (value ?? []).map(referenceText).join(language === "en" ? ", " : "、"),
  isEmpty: isEmptyList,
  align: "start",
  editableInCell: true,
  cellEditor: "popover",
  width: 200,
};
