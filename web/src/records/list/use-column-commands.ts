/** What the heads of a grid change in the state of its list. */
import { useCallback, useMemo, useRef } from "react";
import type { ColumnCommands } from "../grid/header-menu";
import { moveColumn, pinColumn, resizeColumn, setTotal, showColumn, visibleColumns } from "../query/columns";
import type { ListState } from "../query/use-list-state";
import { groupOn } from "./group-menu";

export function useColumnCommands({ state, change }: ListState, filter: (path: string) => void) {
  const now = useRef(state);
  now.current = state;
  const filterBy = useRef(filter);
  filterBy.current = filter;
  const commands = useMemo<ColumnCommands>(() => {
    const columns = () => now.current.columns;
    return {
      sort: (field, dir) =>
        change({ sort: dir ? [{ field, dir }] : now.current.sort.filter((each) => each.field !== field) }),
      group: (path, field) => change({ group: groupOn(path, field) }),
      filter: (path) => filterBy.current(path),
      pin: (path, pinned) => change({ columns: pinColumn(columns(), path, pinned) }),
      shift: (path, by) => {
        const order = visibleColumns(columns()).map((column) => column.field);
        const before = order[order.indexOf(path) + (by < 0 ? -1 : 2)] ?? null;
        change({ columns: moveColumn(columns(), path, before) });
      },
      hide: (path) => change({ columns: showColumn(columns(), path, false) }),
      total: (path, total) => change({ columns: setTotal(columns(), path, total) }),
    };
  }, [change]);
  const onResize = useCallback(
    (path: string, width: number) => change({ columns: resizeColumn(now.current.columns, path, width) }),
    [change],
  );
  const onMove = useCallback(
    (path: string, before: string | null) =>
      change({ columns: moveColumn(now.current.columns, path, before) }),
    [change],
  );
  return { commands, onResize, onMove };
}
