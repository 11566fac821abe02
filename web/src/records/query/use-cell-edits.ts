/** Edits in place of the rows of some stores. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import type { RecordRow } from "@/api/types";
import { bulkRecords, recordKeys, updateRecord } from "@/lib/records";
import { CellEdits, type RowHolder, type SaveChanges } from "./cell-edits";
import type { RowStore } from "./row-store";
import { patchRows } from "./use-live-rows";

/** The stores as one holder of rows; a record in several groups is patched in each. */
function holderOf(stores: () => RowStore[]): RowHolder {
  return {
    find: (id) =>
      stores().reduce<RecordRow | undefined>((found, store) => found ?? store.find(id), undefined),
    patch: (id, values) => {
      for (const store of stores()) store.patch(id, values);
    },
  };
}

/** `select` is what the rows show, to renew values that follow from the edited ones. */
export function useCellEdits(object: string, stores: RowStore[], select: string[]): CellEdits {
  const client = useQueryClient();
  const current = useRef({ stores, select });
  useEffect(() => {
    current.current = { stores, select };
  });
  return useMemo(() => {
    const save: SaveChanges = async (changes) => {
      const [only] = changes;
      const saved =
        changes.length === 1 && only
          ? [await updateRecord(object, only.id, only.values, only.rev)]
          : await bulkRecords(object, { op: "update", records: changes }).then(() => []);
      const ids = changes.map((change) => change.id);
      if (saved.length === 0 || current.current.select.some((path) => path.includes("."))) {
        await patchRows(object, current.current.stores, ids, current.current.select);
      }
      for (const part of ["count", "group"])
        void client.invalidateQueries({ queryKey: [...recordKeys.of(object), part] });
      for (const id of ids) void client.invalidateQueries({ queryKey: recordKeys.record(object, id) });
      return saved;
    };
    return new CellEdits(
      holderOf(() => current.current.stores),
      save,
    );
  }, [object, client]);
}
