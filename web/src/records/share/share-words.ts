/** A change of sharing as a sentence for timelines. */
import { t } from "i18next";
import type { ShareChange } from "@/api/types";
import { referenceText } from "../field-kinds/parts/reference";

export function shareSentence(change: ShareChange, who: string): string {
  const name = referenceText(change.receiver);
  if (change.new === null) return t("share.told_ended", { who, name });
  const level = t(`share.level_${change.new}`);
  return t(change.old === null ? "share.told_given" : "share.told_changed", { who, name, level });
}
