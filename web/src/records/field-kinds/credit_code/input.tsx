/** Editor of a unified social credit code. */
import { readText, writeText } from "../parts/plain-text";
import { TextBox } from "../parts/text-box";
import type { InputProps } from "../types";
import { normalCode } from "./value";

export function CreditCodeInput(props: InputProps<string>) {
  return <TextBox {...props} write={writeText} read={(text) => readText(normalCode(text))} numeric />;
}
