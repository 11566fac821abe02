/** Changes by others: rows on screen are patched where they stand, new rows are only announced. */
import { useCallback, useState } from "react";
import type { LiveChange } from "@/api/types";
import { useLiveChanges } from "@/lib/live";
import { isOwnChange } from "@/lib/own-changes";
import { getRecord } from "@/lib/records";
import type { RowStore } from "./row-store";

/** Returns how many records others have added since, and a function that shows them. */
export function useLiveRows(object: string, stores: RowStore[], select: string[]) {
  const [added, setAdded] = useState(0);
  const onChanges = useCallback(
    (changes: LiveChange[]) => {
      const changed = new Set<string>();
      for (const { op, ids, change_set } of changes) {
        if (op === "delete") for (const store of stores) store.remove(ids);
        else if (op === "create" || op === "restore")
          setAdded((count) => count + (isOwnChange(change_set) ? 0 : ids.length));
        else for (const id of ids) changed.add(id);
      }
      const shown = [...changed].filter((id) => stores.some((store) => store.find(id)));
      void patchRows(object, stores, shown, select);
    },
    [object, stores, select],
  );
  useLiveChanges(object, onChanges);
  const showAdded = useCallback(() => {
    setAdded(0);
    for (const store of stores) void store.refresh();
  }, [stores]);
  return { added, showAdded };
}

/** More changed rows than this are cheaper to read as the pages they stand on. */
const ROWS_ONE_BY_ONE = 8;

/** Reads the rows again and sets their values in place; a failure leaves the old values until the next change. */
export async function patchRows(
  object: string,
  stores: RowStore[],
  ids: string[],
  select: string[],
): Promise<void> {
  if (ids.length > ROWS_ONE_BY_ONE) {
    await Promise.all(stores.map((store) => store.refresh()));
    return;
  }
  const rows = await Promise.all(ids.map((id) => getRecord(object, id, select).catch(() => null)));
  for (const row of rows) {
    if (row) for (const store of stores) store.patch(row.id, row);
  }
}
