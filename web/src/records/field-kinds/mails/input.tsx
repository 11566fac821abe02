/** Editor of several mail addresses. */

import { lazily } from "@/ui/lazily";
import { type Labelled, PERSONAL_LABELS } from "../parts/labelled";
import type { LabelledInputProps } from "../parts/labelled-input";
import type { InputProps } from "../types";
import { writeOne } from "./value";

const LabelledInput = lazily<LabelledInputProps>(() => import("../parts/labelled-input"));

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
