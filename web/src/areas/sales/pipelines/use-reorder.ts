/** Gives records of a small object a new order: on screen at once, back to the old one when it is refused. */
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import type { RecordPageResult } from "@/api/types";
import { bulkRecords, recordKeys } from "@/lib/records";
import { toastError } from "@/ui/toast";
import { type Placed, renumbered } from "./pipelines";

/** Resolves to false when nothing was to be done or the server refused. */
export function useReorder(object: string, queryKey: QueryKey) {
  const client = useQueryClient();
  return async (order: readonly Placed[]): Promise<boolean> => {
    const records = renumbered(order);
    if (records.length === 0) return false;
    const places = new Map(order.map(({ id }, at) => [id, at + 1]));
    await client.cancelQueries({ queryKey });
    const before = client.getQueryData<RecordPageResult>(queryKey);
    client.setQueryData<RecordPageResult>(
      queryKey,
      (page) =>
        page && {
          ...page,
          rows: page.rows
            .map((row) => ({ ...row, position: places.get(row.id) ?? row.position }))
            .sort((one, other) => Number(one.position) - Number(other.position)),
        },
    );
    try {
      await bulkRecords(object, { op: "update", records });
      return true;
    } catch (error) {
      client.setQueryData(queryKey, before);
      toastError(error);
      return false;
    } finally {
      await client.invalidateQueries({ queryKey: recordKeys.of(object) });
    }
  };
}
