/** sub_table: lines of the record, which are records of another object; what is edited is a list of changes to them. */
import { createElement } from "react";
import { loadTexts } from "@/lib/i18n";
import { lazily } from "@/ui/lazily";
import type { DisplayProps, FieldKind, InputProps } from "../types";
import type { LineEdit } from "./lines";

const PlainLines = lazily<InputProps<LineEdit[]>>(() => import("./input"), 120);
const PricedLines = lazily<InputProps<LineEdit[]>>(async () => {
  const [editor] = await Promise.all([import("../../lines/line-editor"), loadTexts("records/lines")]);
  return editor;
}, 160);

export const subTableKind: FieldKind<LineEdit[]> = {
  kind: "sub_table",
  trait: "rows",
  standsAlone: true,
  Display: lazily<DisplayProps<LineEdit[]>>(() => import("./display"), 80),
  Input: (props) => createElement(props.field.settings.priced ? PricedLines : PlainLines, props),
  toText: () => "",
  isEmpty: (value) => !value?.length,
  align: "start",
  editableInCell: false,
  cellEditor: "popover",
  width: 200,
};
