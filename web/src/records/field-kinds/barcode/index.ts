/** barcode: text that scanners read. */
import { isEmptyText, readText, writeText } from "../parts/plain-text";
import type { FieldKind } from "../types";
import { BarcodeDisplay } from "./display";
import { BarcodeInput } from "./input";
import { FORMAT_NAMES, fitsFormat, formatOf, normalBarcode } from "./value";

export const barcodeKind: FieldKind<string> = {
  kind: "barcode",
  trait: "text",
  Display: BarcodeDisplay,
  Input: BarcodeInput,
  toText: writeText,
  fromText: (text, field) => readText(normalBarcode(text, formatOf(field))),
  isEmpty: isEmptyText,
  validate: (value, field) =>
    fitsFormat(normalBarcode(value, formatOf(field)), formatOf(field))
      ? null
      : { code: "barcode", params: { format: FORMAT_NAMES[formatOf(field)] } },
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 160,
};
