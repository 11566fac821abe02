/** Editor of several web addresses. */
import { type Labelled, SITE_LABELS } from "../parts/labelled";
import { LabelledInput } from "../parts/labelled-input";
import type { InputProps } from "../types";
import { writeOne } from "./value";

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
