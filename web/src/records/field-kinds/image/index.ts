/** image: pictures, uploaded at once and named by the record. */
import type { FileValue } from "@/api/types";
import { fileKind } from "../file";
import type { FieldKind } from "../types";
import { ImageDisplay } from "./display";
import { ImageInput } from "./input";
import { PICTURES } from "./value";

export const imageKind: FieldKind<FileValue[]> = {
  ...fileKind,
  kind: "image",
  Display: ImageDisplay,
  Input: ImageInput,
  validate: (value) => {
    const other = value.find((file) => !PICTURES.includes(file.type));
    return other ? { code: "image", params: { name: other.name } } : null;
  },
  width: 120,
};
