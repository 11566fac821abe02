/** Editor of one line of words. */
import { readText, writeText } from "../parts/plain-text";
import { TextBox } from "../parts/text-box";
import type { InputProps } from "../types";

export function TextKindInput(props: InputProps<string>) {
  return <TextBox {...props} write={writeText} read={readText} />;
}
