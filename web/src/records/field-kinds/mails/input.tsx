/** Editor of several mail addresses. */
import { type Labelled, PERSONAL_LABELS } from "../parts/labelled";
import { LabelledInput } from "../parts/labelled-input";
import type { InputProps } from "../types";
import { writeOne } from "./value";

export function MailsInput(props: InputProps<Labelled[]>) {
  return (
    <LabelledInput
      {...props}
      usual={PERSONAL_LABELS}
      write={writeOne}
      inputMode="email"
      placeholder="name@example.com"
    />
  );
}
