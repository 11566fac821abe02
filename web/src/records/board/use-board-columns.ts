/** The columns of a board and, where they belong to something, which of those is shown. */
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Language, RecordQuery } from "@/api/types";
import { findField, useCatalog } from "@/lib/catalog";
import { queryRecords, recordKeys } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";
import {
  type BoardColumn,
  type BoardModel,
  boardModel,
  columnSelect,
  firstSplit,
  optionColumns,
  recordColumns,
} from "./board-model";

const MAX_COLUMNS = 100;

export type BoardColumns = {
  model: BoardModel | null;
  columns: BoardColumn[];
  splits: { value: string; label: string }[];
  split: string | null;
  chooseSplit(id: string): void;
  isPending: boolean;
  error: unknown;
};

function allOfObject(object: CatalogObject, select: string[]): RecordQuery {
  const sort = findField(object, "position") ? [{ field: "position", dir: "asc" as const }] : [];
  return { select, where: null, sort, limit: MAX_COLUMNS };
}

function useAll(object: CatalogObject | null | undefined, select: string[]) {
  const query = object ? allOfObject(object, select) : {};
  return useQuery({
    queryKey: recordKeys.page(object?.key ?? "", query),
    queryFn: ({ signal }) => queryRecords(object?.key ?? "", query, signal),
    enabled: Boolean(object),
  });
}

export function useBoardColumns(object: CatalogObject): BoardColumns {
  const catalog = useCatalog();
  const { i18n } = useTranslation();
  const language = i18n.language as Language;
  const model = useMemo(() => boardModel(catalog, object), [catalog, object]);
  const target = model?.target ?? null;
  const splitBy = model?.split ?? null;
  const targets = useAll(
    target,
    target ? columnSelect(catalog, target, splitBy ? [splitBy.columnField] : []) : [],
  );
  const splits = useAll(splitBy?.object, splitBy ? columnSelect(catalog, splitBy.object) : []);
  const store = `guanxi.board.${currentWorkspace()}.${object.key}`;
  const [chosen, setChosen] = useState(() => localStorage.getItem(store));
  const splitRows = splits.data?.rows ?? [];
  const split = splitRows.some((row) => row.id === chosen) ? chosen : firstSplit(splitRows);
  const columns = useMemo(() => {
    if (!model) return [];
    if (!model.target) return optionColumns(model.field, language);
    const rows = (targets.data?.rows ?? []).filter((row) => {
      const owner = splitBy && row[splitBy.columnField];
      return !owner || (owner as { id: string }).id === split;
    });
    return recordColumns(model.field, model.target, rows);
  }, [model, language, targets.data, splitBy, split]);
  return {
    model,
    columns,
    splits: splitRows.map((row) => ({
      value: row.id,
      label: String(row[splitBy?.object.title ?? "name"] ?? ""),
    })),
    split,
    chooseSplit: (id) => {
      localStorage.setItem(store, id);
      setChosen(id);
    },
    isPending: (target !== null && targets.isPending) || (splitBy !== null && splits.isPending),
    error: targets.error ?? splits.error,
  };
}
