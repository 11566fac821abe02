/** Web addresses as links. */

import { type Labelled, SITE_LABELS } from "../parts/labelled";
import { LabelledDisplay } from "../parts/labelled-display";
import type { DisplayProps } from "../types";
import { hrefOf, writeOne } from "./value";

export function UrlListDisplay(props: DisplayProps<Labelled[]>) {
  return <LabelledDisplay {...props} usual={SITE_LABELS} write={writeOne} href={hrefOf} />;
}
