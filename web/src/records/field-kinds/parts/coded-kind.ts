/** What the kinds of classifications have in common. */
import type { FieldKind } from "../types";
import type { Coded } from "./tree";

export const codedKind = {
  trait: "tree",
  isEmpty: (value) => !value?.code,
  align: "start",
  editableInCell: true,
  cellEditor: "popover",
  width: 200,
} satisfies Partial<FieldKind<Coded>>;
