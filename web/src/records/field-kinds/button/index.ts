/** button: runs an action; holds no value. */
import type { FieldKind } from "../types";
import { ButtonDisplay } from "./display";

export const buttonKind: FieldKind<null> = {
  kind: "button",
  trait: "none",
  standsAlone: true,
  Display: ButtonDisplay,
  Input: () => null,
  toText: () => "",
  isEmpty: () => true,
  align: "start",
  editableInCell: false,
  cellEditor: "inline",
  width: 120,
};
