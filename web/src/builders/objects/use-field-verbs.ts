/** Putting a field away, bringing it back, giving it up, taking back its conversion. */
import { useTranslation } from "react-i18next";
import { label } from "@/lib/label";
import { toastError } from "@/ui/toast";
import type { DesignedField, DesignedWhole } from "./model";
import type { Verb } from "./requests";
import { useReview } from "./review";
import { showTakeBack } from "./take-back";

const LASTING: Partial<Record<Verb, boolean>> = { "drop-field": true };

export function useFieldVerbs(object: DesignedWhole) {
  const { t } = useTranslation();
  const { change, question } = useReview();
  const run = async (verb: Verb, field: DesignedField, word: string, always: boolean) => {
    const name = `${label(object.values.label)} · ${label(field.values.label)}`;
    try {
      const answer = await change({
        verb,
        params: { field: field.id },
        title: t(`objects.${word}_of`, { name }),
        confirmLabel: t(`objects.${word}`),
        always,
        danger: word === "archive" || LASTING[verb],
      });
      if (typeof answer === "object") showTakeBack(t(`objects.${word}_field_done`, { name }), answer);
    } catch (error) {
      toastError(error);
    }
  };
  return {
    question,
    archive: (field: DesignedField) => run("archive-field", field, "archive", true),
    restore: (field: DesignedField) => run("restore-field", field, "restore", false),
    drop: (field: DesignedField) => run("drop-field", field, "drop", true),
    revert: (field: DesignedField) => run("revert-field", field, "convert_revert", true),
  };
}
