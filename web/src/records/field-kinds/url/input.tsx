/** Editor of a web address. */
import { readText, writeText } from "../parts/plain-text";
import { TextBox } from "../parts/text-box";
import type { InputProps } from "../types";

export function UrlInput(props: InputProps<string>) {
  return <TextBox {...props} write={writeText} read={readText} inputMode="url" />;
}
