/** The lines of a grid that are on screen. */
import type { VirtualItem } from "@tanstack/react-virtual";
import { useTranslation } from "react-i18next";
import type { Language, RecordRow } from "@/api/types";
import type { CommitMove } from "../field-kinds/types";
import type { CellEdits } from "../query/cell-edits";
import type { Aggregate } from "../query/totals";
import type { GroupedRows } from "../query/use-sections";
import { CellEditor } from "./cell-editor";
import type { GridCursor, Range } from "./cursor";
import type { GridColumn } from "./grid-columns";
import { GridRow } from "./grid-row";
import type { Lines } from "./lines";
import { isSelected, type Selection } from "./selection";
import { GroupLine, NewLine } from "./special-lines";

export function GridLines(props: {
  object: string;
  visible: VirtualItem[];
  height: number;
  lines: Lines;
  rows: GroupedRows;
  columns: GridColumn[];
  shown: number[];
  language: Language;
  cursor: GridCursor;
  range: Range;
  edits: CellEdits;
  selection: Selection;
  aggregates: Aggregate[];
  hrefOf(row: RecordRow): string;
  onCommit(value: unknown, move: CommitMove): void;
  onCancel(): void;
  onNewIn?: (section: string) => void;
}) {
  const { t } = useTranslation();
  const { lines, rows, columns, language, cursor, range, height, edits, onNewIn } = props;
  const labels = {
    openLabel: t("grid.open"),
    selectLabel: t("grid.select_row"),
    lockedLabel: t("grid.locked"),
  };
  return props.visible.map(({ index, start, key }) => {
    const line = lines.at(index);
    const active = cursor.focus.line === index;
    const place = { line: index, top: start, height, active };
    if (!line) return null;
    const { section } = line;
    if (line.kind === "new") return <NewLine key={key} {...place} onNew={() => onNewIn?.(section.key)} />;
    if (line.kind === "group") {
      const group = rows.groups.find((each) => each.key === section.key);
      if (!rows.grouping || !group) return null;
      return (
        <GroupLine
          key={key}
          {...place}
          {...rows.grouping}
          group={group}
          columns={columns}
          aggregates={props.aggregates}
          language={language}
          onToggle={() => rows.toggle(group.key)}
          onNew={onNewIn && (() => onNewIn(group.key))}
        />
      );
    }
    const row = section.store?.rowAt(line.index);
    const column = columns[cursor.focus.column];
    const touched = index >= range.top && index <= range.bottom;
    const editing = active && cursor.editing && row && column;
    return (
      <GridRow
        key={key}
        line={index}
        number={line.index + 1}
        top={start}
        height={height}
        row={row}
        columns={columns}
        shown={props.shown}
        language={language}
        href={row ? props.hrefOf(row) : null}
        selected={row ? isSelected(props.selection, row.id) : false}
        focus={active ? cursor.focus.column : -1}
        left={touched ? range.left : -1}
        right={touched ? range.right : -1}
        states={row && edits.statesOf(row.id)}
        editor={
          editing ? (
            <CellEditor
              column={column}
              row={row}
              object={props.object}
              initialText={cursor.editing?.initialText}
              onCommit={props.onCommit}
              onCancel={props.onCancel}
            />
          ) : null
        }
        {...labels}
      />
    );
  });
}
