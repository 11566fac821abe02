/** sub_table: lines of the record, which are records of another object; what is edited is a list of changes to them. */
import type { FieldKind } from "../types";
import { SubTableDisplay } from "./display";
import { SubTableInput } from "./input";
import type { LineEdit } from "./lines";

export const subTableKind: FieldKind<LineEdit[]> = {
  kind: "sub_table",
  trait: "rows",
  standsAlone: true,
  Display: SubTableDisplay as FieldKind<LineEdit[]>["Display"],
  Input: SubTableInput,
  toText: () => "",
  isEmpty: (value) => !value?.length,
  align: "start",
  editableInCell: false,
  cellEditor: "popover",
  width: 200,
};
