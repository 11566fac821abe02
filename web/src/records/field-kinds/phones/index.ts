/** phones: several telephone numbers. */
import { type Labelled, labelledKind, PERSONAL_LABELS } from "../parts/labelled";
import type { FieldKind } from "../types";
import { PhonesDisplay } from "./display";
import { PhonesInput } from "./input";
import { problemOfOne, writeOne } from "./value";

export const phonesKind: FieldKind<Labelled[]> = {
  kind: "phones",
  Display: PhonesDisplay,
  Input: PhonesInput,
  ...labelledKind(PERSONAL_LABELS, writeOne, problemOfOne),
};
