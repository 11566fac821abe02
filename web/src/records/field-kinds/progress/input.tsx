/** Editor of progress; the sign may be typed or left out. */
import { NumberBox } from "../parts/number-box";
import type { InputProps } from "../types";

export function ProgressInput(props: InputProps<string | number>) {
  return <NumberBox {...props} suffix="%" />;
}
