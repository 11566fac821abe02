/** Editor of a phone number. */
import { readText, writeText } from "../parts/plain-text";
import { TextBox } from "../parts/text-box";
import type { InputProps } from "../types";

export function PhoneInput(props: InputProps<string>) {
  return <TextBox {...props} write={writeText} read={readText} inputMode="tel" />;
}
