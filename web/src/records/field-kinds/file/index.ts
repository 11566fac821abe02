/** file: attachments, uploaded at once and named by the record. */
import type { FileValue } from "@/api/types";
import { isEmptyList } from "../parts/lists";
import type { FieldKind } from "../types";
import { FileDisplay } from "./display";
import { FileInput } from "./input";

export const fileKind: FieldKind<FileValue[]> = {
  kind: "file",
  trait: "file",
  Display: FileDisplay,
  Input: FileInput,
  toText: (value, _field, language) =>
    (value ?? []).map((file) => file.name).join(language === "en" ? ", " : "、"),
  isEmpty: isEmptyList,
  align: "start",
  editableInCell: true,
  cellEditor: "popover",
  width: 180,
};
