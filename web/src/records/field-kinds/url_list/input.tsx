/** Editor of several web addresses. */

import { lazily } from "@/ui/lazily";
import { type Labelled, SITE_LABELS } from "../parts/labelled";
import type { LabelledInputProps } from "../parts/labelled-input";
import type { InputProps } from "../types";
import { writeOne } from "./value";

const LabelledInput = lazily<LabelledInputProps>(() => import("../parts/labelled-input"));

export function UrlListInput(props: InputProps<Labelled[]>) {
  return (
    <LabelledInput
      {...props}
      usual={SITE_LABELS}
      write={writeOne}
      inputMode="url"
      placeholder="https://example.com"
    />
  );
}
