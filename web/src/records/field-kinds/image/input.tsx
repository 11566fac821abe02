/** Editor of pictures: choose, drop, remove. */
import type { FileValue } from "@/api/types";
import { FileInput } from "../file/input";
import type { InputProps } from "../types";
import { PICTURES } from "./value";

export function ImageInput(props: InputProps<FileValue[]>) {
  return <FileInput {...props} accept={PICTURES.join(",")} />;
}
