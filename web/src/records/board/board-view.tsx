/** The records of a list as a board: a column per stage or option, cards one can drag. */
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Filter, RecordRow } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { useLiveChanges } from "@/lib/live";
import { groupRecords, recordKeys } from "@/lib/records";
import { can } from "@/lib/rights";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { type Filtering, Toolbar } from "../list/toolbar";
import { rememberListOrder } from "../page/list-order";
import { allOf } from "../query/filter";
import { rowsQuery, useCount } from "../query/use-list-query";
import type { ListState } from "../query/use-list-state";
import { useRowStores } from "../query/use-row-stores";
import classes from "./board.module.css";
import { BoardColumnView } from "./board-column";
import { type BoardColumn, cardFields, columnKeyOf } from "./board-model";
import { boardExtensionOf } from "./extensions";
import { MoveForm } from "./move-form";
import { useBoardColumns } from "./use-board-columns";
import { useMoves } from "./use-moves";

const route = getRouteApi("/w/$ws/o/$object");

export function BoardView({
  object,
  list,
  onNew,
}: {
  object: CatalogObject;
  list: ListState;
  onNew?: (values?: Record<string, unknown>) => void;
}) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const navigate = route.useNavigate();
  const { ws } = route.useParams();
  const board = useBoardColumns(object);
  const { model, columns, split } = board;
  const [filtering, setFiltering] = useState<Filtering>(null);
  const fields = useMemo(() => cardFields(object), [object]);
  const query = useMemo(() => {
    const inSplit: Filter | null =
      model?.split && split ? { field: model.split.ownField, op: "eq", value: split } : null;
    const keys = [
      object.title,
      object.board ?? "",
      "owner",
      model?.sum?.key ?? "",
      ...fields.map((field) => field.key),
      ...(boardExtensionOf(object.key)?.select ?? []),
    ];
    const base = rowsQuery(catalog, object, list.state, list.text);
    const select = [...new Set(keys)].filter((key) => object.fields.some((field) => field.key === key));
    return { ...base, select, where: allOf(base.where, inSplit) };
  }, [catalog, object, list.state, list.text, model, split, fields]);
  const stores = useRowStores(
    object.key,
    columns.map((column) => ({ ...query, where: allOf(query.where, column.where) })),
  );
  // A colleague's change may move a card: columns are read again, card by card in place.
  const refresh = useCallback(() => {
    for (const store of stores) void store.refresh();
  }, [stores]);
  useLiveChanges(object.key, refresh);
  const count = useCount(object.key, query);
  const totals = useColumnTotals(object, query, model?.field.key, model?.sum?.key);
  const storeOf = (column: BoardColumn) => stores[columns.findIndex((each) => each.key === column.key)];
  const { move, missing, giveUp } = useMoves(object, model?.field, storeOf);
  const Question = boardExtensionOf(object.key)?.Move;
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (scroller.current) return autoScrollForElements({ element: scroller.current });
  }, []);

  const open = (row: RecordRow) => {
    rememberListOrder(
      object.key,
      stores.flatMap((store) => store.loadedIds()),
    );
    navigate({ to: "/w/$ws/o/$object/$id", params: { ws, object: object.key, id: row.id } });
  };
  const createIn = (column: BoardColumn) =>
    onNew?.({
      ...(model ? { [model.field.key]: column.value } : {}),
      ...(model?.split && split
        ? {
            [model.split.ownField]: {
              id: split,
              title: board.splits.find((each) => each.value === split)?.label ?? "",
            },
          }
        : {}),
    });
  return (
    <div className={classes.view}>
      <Toolbar
        object={object}
        list={list}
        count={count}
        query={query}
        filtering={filtering}
        onFiltering={setFiltering}
      >
        {model?.split && board.splits.length > 1 && (
          <Select
            w={160}
            aria-label={label(model.split.object.label)}
            data={board.splits}
            allowDeselect={false}
            value={split}
            onChange={(id) => id && board.chooseSplit(id)}
          />
        )}
      </Toolbar>
      {board.error ? <ErrorState error={board.error} /> : board.isPending ? <RowsSkeleton /> : null}
      {!board.isPending && columns.length === 0 && !board.error && (
        <EmptyState title={t("board.no_columns")}>{t("board.no_columns_text")}</EmptyState>
      )}
      <section ref={scroller} className={classes.board} aria-label={label(object.plural)}>
        {columns.map((column, at) => (
          <BoardColumnView
            key={column.key}
            object={object}
            column={column}
            columns={columns}
            store={stores[at]}
            total={totals?.get(column.key)}
            sum={model?.sum ?? null}
            fields={fields}
            movable={can(object, "edit") && !model?.field.read_only}
            onMove={(row, from, to) => void move({ row, from, to })}
            onOpen={open}
            onNew={onNew && (() => createIn(column))}
          />
        ))}
      </section>
      {missing?.asked && Question && (
        <Suspense>
          <Question
            object={object}
            row={missing.move.row}
            to={missing.move.to.key}
            save={(values) => move(missing.move, values)}
            onClose={giveUp}
          />
        </Suspense>
      )}
      {missing && !missing.asked && (
        <MoveForm
          object={object}
          missing={missing}
          onSave={(values) => move(missing.move, values)}
          onClose={giveUp}
        />
      )}
    </div>
  );
}

export type ColumnTotal = { count: number; sum: unknown };

/** Count and sum per column in one request. */
function useColumnTotals(
  object: CatalogObject,
  query: { where: Filter | null; search?: string },
  field?: string,
  sum?: string,
) {
  const body = {
    by: [{ field: field ?? "" }],
    aggregates: sum ? [{ fn: "sum", field: sum }] : [],
    where: query.where,
    search: query.search,
  };
  const { data } = useQuery({
    queryKey: recordKeys.group(object.key, body),
    queryFn: ({ signal }) => groupRecords(object.key, body, signal),
    enabled: field !== undefined,
  });
  return useMemo(
    () =>
      data &&
      new Map(
        data.groups.map(({ keys, count, values }): [string | null, ColumnTotal] => [
          columnKeyOf(keys[0]),
          { count, sum: values[0] },
        ]),
      ),
    [data],
  );
}
