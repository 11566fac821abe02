/** Editor of a mail address. */
import { readText, writeText } from "../parts/plain-text";
import { TextBox } from "../parts/text-box";
import type { InputProps } from "../types";

export function MailInput(props: InputProps<string>) {
  return <TextBox {...props} write={writeText} read={readText} type="text" inputMode="email" />;
}
