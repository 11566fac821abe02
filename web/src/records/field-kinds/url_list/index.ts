/** url_list: several web addresses. */
import { type Labelled, labelledKind, SITE_LABELS } from "../parts/labelled";
import type { FieldKind } from "../types";
import { UrlListDisplay } from "./display";
import { UrlListInput } from "./input";
import { problemOfOne, writeOne } from "./value";

export const urlListKind: FieldKind<Labelled[]> = {
  kind: "url_list",
  Display: UrlListDisplay,
  Input: UrlListInput,
  ...labelledKind(SITE_LABELS, writeOne, problemOfOne),
};
