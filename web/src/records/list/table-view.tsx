/** The records of a list as a grid, or as cards on a narrow screen. */
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow } from "@/api/types";
import { label } from "@/lib/label";
import { lazily } from "@/ui/lazily";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { RecordGrid } from "../grid/record-grid";
import { NOTHING, type Selection } from "../grid/selection";
import { recordHref } from "../lookup/record-link";
import { rememberListOrder } from "../page/list-order";
import { useCellEdits } from "../query/use-cell-edits";
import { useCount, useListQuery } from "../query/use-list-query";
import type { ListState } from "../query/use-list-state";
import { useLiveRows } from "../query/use-live-rows";
import { useSections } from "../query/use-sections";
import { AddedPill } from "./added-pill";
import { CardList } from "./card-list";
import classes from "./list.module.css";
import { NoRecords } from "./no-records";
import { RetryLine } from "./retry-line";
import { Toolbar } from "./toolbar";
import { useColumnCommands } from "./use-column-commands";
import { useNarrow } from "./use-narrow";

const BulkBar = lazily(async () => ({ default: (await import("./bulk-bar")).BulkBar }), 44);

const route = getRouteApi("/w/$ws/o/$object");

export function TableView({
  object,
  list,
  onNew,
}: {
  object: CatalogObject;
  list: ListState;
  onNew?: (values?: Record<string, unknown>) => void;
}) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const { ws } = route.useParams();
  const narrow = useNarrow();
  const { state } = list;
  const { query, aggregates } = useListQuery(object, state, list.text);
  const rows = useSections(object, query, narrow ? null : state.group, narrow ? [] : aggregates);
  const edits = useCellEdits(object.key, rows.stores, query.select);
  const live = useLiveRows(object.key, rows.stores, query.select);
  const count = useCount(object.key, query);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [filtering, setFiltering] = useState<{ field?: string } | null>(null);
  const found = JSON.stringify([query.where, query.search]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter finds other rows; the selection does not carry over.
  useEffect(() => setSelection(NOTHING), [found]);

  const hrefOf = useCallback((row: RecordRow) => recordHref(object.key, row.id), [object.key]);
  const onOpen = (row: RecordRow) => {
    rememberListOrder(
      object.key,
      rows.stores.flatMap((store) => store.loadedIds()),
    );
    navigate({ to: "/w/$ws/o/$object/$id", params: { ws, object: object.key, id: row.id } });
  };
  const columns = useColumnCommands(list, (field) => setFiltering({ field }));
  const selected = selection.all ? (count?.count ?? 0) : selection.ids.size;
  const isEmpty = rows.grouping
    ? !rows.isPending && rows.groups.length === 0
    : rows.stores.every((store) => store.isComplete && store.knownCount === 0);
  const create = useMemo(() => onNew && ((values: Record<string, unknown>) => onNew(values)), [onNew]);

  return (
    <div className={classes.view}>
      {selected > 0 ? (
        <BulkBar
          object={object}
          selection={selection}
          count={selected}
          exact={!selection.all || (count?.exact ?? false)}
          query={query}
          total={count?.count ?? 0}
          stores={rows.stores}
          onSelection={setSelection}
        />
      ) : (
        <Toolbar
          object={object}
          list={list}
          count={count}
          query={query}
          filtering={filtering}
          onFiltering={setFiltering}
        />
      )}
      {rows.error ? (
        <ErrorState error={rows.error} onRetry={rows.retry} />
      ) : rows.isPending ? (
        <RowsSkeleton rows={12} />
      ) : isEmpty ? (
        <NoRecords object={object} list={list} onNew={onNew} />
      ) : narrow ? (
        <CardList
          object={object}
          store={rows.stores[0]}
          columns={state.columns}
          onOpen={onOpen}
          hrefOf={hrefOf}
        />
      ) : (
        <RecordGrid
          object={object}
          label={label(object.plural)}
          columns={state.columns}
          sort={state.sort}
          density={state.density ?? "default"}
          rows={rows}
          aggregates={aggregates}
          edits={edits}
          selection={selection}
          onSelection={setSelection}
          commands={columns.commands}
          onResize={columns.onResize}
          onMove={columns.onMove}
          onOpen={onOpen}
          hrefOf={hrefOf}
          onNew={create}
        />
      )}
      {!rows.error && rows.partial !== null && <RetryLine error={rows.partial} onRetry={rows.retry} />}
      <AddedPill count={live.added} label={t("list.added", { count: live.added })} onClick={live.showAdded} />
    </div>
  );
}
