/** button: runs an action; holds no value. */
import { lazily } from "@/ui/lazily";
import type { DisplayProps, FieldKind } from "../types";

export const buttonKind: FieldKind<null> = {
  kind: "button",
  trait: "none",
  standsAlone: true,
  Display: lazily<DisplayProps<null>>(() => import("./display"), 26),
  Input: () => null,
  toText: () => "",
  isEmpty: () => true,
  align: "start",
  editableInCell: false,
  cellEditor: "inline",
  width: 120,
};
