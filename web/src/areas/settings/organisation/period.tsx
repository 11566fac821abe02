/** From when to when, in words. */
import type { TFunction } from "i18next";
import { formatDate } from "@/lib/format";

export function periodText(t: TFunction, begins: string | null, ends: string | null): string {
  if (begins && ends) return t("organisation.from_to", { from: formatDate(begins), to: formatDate(ends) });
  if (ends) return t("organisation.until", { to: formatDate(ends) });
  if (begins) return t("organisation.since", { from: formatDate(begins) });
  return t("organisation.always");
}
