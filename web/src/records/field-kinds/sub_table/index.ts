/** sub_table: lines of the record, which are records of another object; what is edited is a list of changes to them. */
import { lazily } from "@/ui/lazily";
import type { DisplayProps, FieldKind, InputProps } from "../types";
import type { LineEdit } from "./lines";

export const subTableKind: FieldKind<LineEdit[]> = {
  kind: "sub_table",
  trait: "rows",
  standsAlone: true,
  Display: lazily<DisplayProps<LineEdit[]>>(() => import("./display"), 80),
  Input: lazily<InputProps<LineEdit[]>>(() => import("./input"), 120),
  toText: () => "",
  isEmpty: (value) => !value?.length,
  align: "start",
  editableInCell: false,
  cellEditor: "popover",
  width: 200,
};
