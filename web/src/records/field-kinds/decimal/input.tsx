/** Editor of exact numbers. */
import { NumberBox } from "../parts/number-box";
import type { InputProps } from "../types";

export function DecimalInput(props: InputProps<string | number>) {
  return <NumberBox {...props} />;
}
