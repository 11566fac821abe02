/** Bulk changes of a list, each with a toast to take it back. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BulkResult, CatalogObject } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { label } from "@/lib/label";
import { recordKeys } from "@/lib/records";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import { type BulkTarget, runBulk } from "./bulk";
import type { RowStore } from "./row-store";

export function useBulk(object: CatalogObject, stores: RowStore[]) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  /** True when the server did it; a refusal is told in a toast. */
  const run = async (
    work: () => Promise<BulkResult>,
    message: (done: { count: number; formatted: string; name: string }) => string,
  ) => {
    setBusy(true);
    try {
      const { count, change_set } = await work();
      const name = label(count === 1 ? object.label : object.plural);
      showUndo(message({ count, formatted: formatNumber(count), name }), change_set);
      void client.invalidateQueries({ queryKey: recordKeys.of(object.key) });
      return true;
    } catch (error) {
      toastError(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    update: (target: BulkTarget, values: Record<string, unknown>) =>
      run(
        () => runBulk(object.key, "update", target, values),
        (done) => t("list.bulk_saved", done),
      ),
    remove: (target: BulkTarget) =>
      run(
        async () => {
          const result = await runBulk(object.key, "delete", target);
          const gone = "ids" in target ? target.ids : (result.ids ?? []);
          for (const store of stores) store.remove(gone);
          return result;
        },
        (done) => t("list.bulk_deleted", done),
      ),
  };
}
