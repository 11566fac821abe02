/** Values that name other records. */
import { t } from "i18next";
import type { Reference } from "@/api/types";

/** The title, or words saying that this reader may not see it. */
export function referenceText(reference: Reference | null | undefined): string {
  if (!reference) return "";
  return reference.title ?? t(reference.restricted ? "field-kinds.restricted" : "field-kinds.untitled");
}

export function targetOf(settings: Record<string, unknown>, fallback = ""): string {
  return typeof settings.target === "string" ? settings.target : fallback;
}
