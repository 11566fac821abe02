/** Editor of a phone number. */
import { readText } from "../parts/plain-text";
import { TextBox } from "../parts/text-box";
import type { InputProps } from "../types";
import { phoneText } from "./value";

export function PhoneInput(props: InputProps<string>) {
  return <TextBox {...props} write={phoneText} read={readText} inputMode="tel" />;
}
