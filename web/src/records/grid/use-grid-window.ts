/** Which lines and columns are on screen; only these are drawn. */
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useMemo } from "react";
import { type GridColumn, GUTTER, totalWidth } from "./grid-columns";
import type { Lines } from "./lines";

const HEADER_HEIGHT = 36;
const FOOTER_HEIGHT = 34;
const LINES_AROUND = 8;
const COLUMNS_AROUND = 2;

export function useGridWindow(
  scroller: RefObject<HTMLDivElement | null>,
  lines: Lines,
  columns: GridColumn[],
  height: number,
) {
  const getScrollElement = useCallback(() => scroller.current, [scroller]);
  const vertical = useVirtualizer({
    count: lines.count,
    getScrollElement,
    estimateSize: () => height,
    overscan: LINES_AROUND,
    scrollPaddingStart: HEADER_HEIGHT,
    scrollPaddingEnd: FOOTER_HEIGHT + height,
  });
  const pinned = columns.filter((column) => column.pinned).length;
  const rangeExtractor = useCallback(
    (range: Range) => [...new Set([...Array(pinned).keys(), ...defaultRangeExtractor(range)])],
    [pinned],
  );
  const widths = columns.map((column) => column.width).join();
  const horizontal = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement,
    estimateSize: (at) => columns[at]?.width ?? 0,
    paddingStart: GUTTER,
    overscan: COLUMNS_AROUND,
    rangeExtractor,
    scrollPaddingStart: totalWidth(columns.slice(0, pinned)),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are measured again when they change.
  useEffect(() => horizontal.measure(), [horizontal, widths]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => vertical.measure(), [vertical, height]);

  const shownKey = horizontal.getVirtualIndexes().join();
  const shown = useMemo(() => (shownKey ? shownKey.split(",").map(Number) : []), [shownKey]);
  const visible = vertical.getVirtualItems();
  const from = visible[0]?.index ?? 0;
  const to = visible.at(-1)?.index ?? 0;
  useEffect(() => lines.ensure(from, to), [lines, from, to]);

  const reveal = useCallback(
    ({ line, column }: { line: number; column: number }) => {
      vertical.scrollToIndex(line, { align: "auto" });
      if (!columns[column]?.pinned) horizontal.scrollToIndex(column, { align: "auto" });
    },
    [vertical, horizontal, columns],
  );
  return { visible, shown, bodyHeight: vertical.getTotalSize(), reveal };
}
