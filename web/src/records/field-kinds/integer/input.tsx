/** Editor of whole numbers. */
import { scaleOf } from "../number-text";
import { NumberBox } from "../parts/number-box";
import type { InputProps } from "../types";

/** A fraction stays as typed, so that it is refused in words and not rounded in silence. */
function whole(decimal: string): number | string {
  return scaleOf(decimal) ? decimal : Number(decimal);
}

export function IntegerInput(props: InputProps<number | string>) {
  return <NumberBox {...props} make={whole} />;
}
