/** mails: several mail addresses. */
import { type Labelled, labelledKind, PERSONAL_LABELS } from "../parts/labelled";
import type { FieldKind } from "../types";
import { MailsDisplay } from "./display";
import { MailsInput } from "./input";
import { problemOfOne, writeOne } from "./value";

export const mailsKind: FieldKind<Labelled[]> = {
  kind: "mails",
  Display: MailsDisplay,
  Input: MailsInput,
  ...labelledKind(PERSONAL_LABELS, writeOne, problemOfOne),
};
