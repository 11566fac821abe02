/** Putting an object away, bringing it back, giving it up: each after the question of what it does. */
import { useTranslation } from "react-i18next";
import { label } from "@/lib/label";
import { toastError } from "@/ui/toast";
import type { DesignedObject } from "./model";
import { type ChangeRequest, useReview } from "./review";
import { showTakeBack } from "./take-back";

type Named = Pick<DesignedObject, "id" | "values">;

export function useObjectVerbs(retention: number) {
  const { t } = useTranslation();
  const { change, question } = useReview();
  const run = async (request: ChangeRequest, done: string) => {
    try {
      const answer = await change(request);
      if (typeof answer !== "object") return false;
      showTakeBack(done, answer);
      return true;
    } catch (error) {
      toastError(error);
      return false;
    }
  };
  const named = (object: Named) => ({ name: label(object.values.label) });
  return {
    question,
    archive: (object: Named) =>
      run(
        {
          verb: "archive-object",
          params: { object: object.id },
          title: t("objects.archive_of", named(object)),
          confirmLabel: t("objects.archive"),
          always: true,
          danger: true,
        },
        t("objects.archived_done", { ...named(object), days: retention }),
      ),
    restore: (object: Named) =>
      run(
        {
          verb: "restore-object",
          params: { object: object.id },
          title: t("objects.restore_of", named(object)),
          confirmLabel: t("objects.restore"),
        },
        t("objects.restored_done", named(object)),
      ),
    drop: (object: Named) =>
      run(
        {
          verb: "drop-object",
          params: { object: object.id },
          title: t("objects.drop_of", named(object)),
          confirmLabel: t("objects.drop"),
          always: true,
          danger: true,
        },
        t("objects.dropped_done", named(object)),
      ),
  };
}
