/** Editor of several mail addresses. */
import { type Labelled, PERSONAL_LABELS } from "../parts/labelled";
import { LabelledInput } from "../parts/labelled-input";
import type { InputProps } from "../types";

export function MailsInput(props: InputProps<Labelled[]>) {
  return (
    <LabelledInput {...props} usual={PERSONAL_LABELS} inputMode="email" placeholder="name@example.com" />
  );
}
