/** Reading and saving the views of one object through the record API. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { CatalogObject, RecordQuery } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { createRecord, deleteRecord, queryRecords, recordKeys, updateRecord } from "@/lib/records";
import { toastError } from "@/ui/toast";
import { type ViewState, writeViewConfig } from "../query/list-state";
import { builtInViews, savedView, type View } from "./view-model";

const SELECT = ["name", "object", "type", "config", "scope", "position", "owner"];

/** The built-in views and the saved ones the member may see. `isPending` only until the first answer. */
export function useViews(object: CatalogObject): { views: View[]; isPending: boolean } {
  const exists = useCatalog().objects.some((each) => each.key === "view");
  const query: RecordQuery = {
    select: SELECT,
    where: { field: "object", op: "eq", value: object.key },
    sort: [{ field: "position", dir: "asc" }],
    limit: 200,
  };
  const { data, isPending } = useQuery({
    queryKey: recordKeys.page("view", query),
    queryFn: ({ signal }) => queryRecords("view", query, signal),
    enabled: exists,
  });
  const views = useMemo(
    () => [...builtInViews(object), ...(data?.rows ?? []).map((row) => savedView(row, object))],
    [object, data],
  );
  return { views, isPending: exists && isPending };
}

export type ViewValues = {
  name?: string;
  scope?: "private" | "shared";
  state?: ViewState;
  position?: number;
};

const toValues = ({ state, ...values }: ViewValues) => ({
  ...values,
  ...(state ? { type: state.type, config: writeViewConfig(state) } : {}),
});

/** Saves, creates and deletes views; a refusal is told in a toast and leaves everything as it was. */
export function useViewChanges(object: string) {
  const client = useQueryClient();
  const options = {
    onError: toastError,
    onSettled: () => client.invalidateQueries({ queryKey: recordKeys.of("view") }),
  };
  const create = useMutation({
    mutationFn: (values: ViewValues) =>
      createRecord("view", { object, scope: "private", ...toValues(values) }),
    ...options,
  });
  const update = useMutation({
    mutationFn: ({ view, values }: { view: View; values: ViewValues }) =>
      updateRecord("view", view.id, toValues(values)),
    ...options,
  });
  const remove = useMutation({ mutationFn: (view: View) => deleteRecord("view", view.id), ...options });
  return { create, update, remove };
}
