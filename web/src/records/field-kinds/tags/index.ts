/** tags: free words shared by the workspace. */
import { isEmptyList, orNull, splitWords } from "../parts/lists";
import type { FieldKind } from "../types";
import { TagsDisplay } from "./display";
import { TagsKindInput } from "./input";

export const tagsKind: FieldKind<string[]> = {
  kind: "tags",
  trait: "tags",
  Display: TagsDisplay,
  Input: TagsKindInput,
  toText: (value, _field, language) => (value ?? []).join(language === "en" ? ", " : "、"),
  fromText: (text) => orNull(splitWords(text)),
  isEmpty: isEmptyList,
  align: "start",
  editableInCell: true,
  cellEditor: "popover",
  width: 180,
};
