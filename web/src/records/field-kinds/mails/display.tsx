/** Mail addresses, as links to write to them. */

import { type Labelled, PERSONAL_LABELS } from "../parts/labelled";
import { LabelledDisplay } from "../parts/labelled-display";
import type { DisplayProps } from "../types";
import { hrefOf, writeOne } from "./value";

export function MailsDisplay(props: DisplayProps<Labelled[]>) {
  return <LabelledDisplay {...props} usual={PERSONAL_LABELS} write={writeOne} href={hrefOf} />;
}
