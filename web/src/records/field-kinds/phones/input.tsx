/** Editor of several phone numbers. */
import { type Labelled, PERSONAL_LABELS } from "../parts/labelled";
import { LabelledInput } from "../parts/labelled-input";
import type { InputProps } from "../types";
import { writeOne } from "./value";

export function PhonesInput(props: InputProps<Labelled[]>) {
  return (
    <LabelledInput
      {...props}
      usual={PERSONAL_LABELS}
      write={writeOne}
      inputMode="tel"
      placeholder="138 0013 8000"
    />
  );
}
