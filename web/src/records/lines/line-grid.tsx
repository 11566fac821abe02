/** The sheet: one cell at a time is an editor, all others are words, so that hundreds of lines stay quick. */
import { type ClipboardEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { fieldKind } from "../field-kinds";
import type { CommitMove } from "../field-kinds/types";
import { writeTsv } from "../grid/tsv";
import type { Amounts } from "./amounts";
import { GridRow, isOpen } from "./grid-row";
import classes from "./lines.module.css";
import { cellsOf, newRow } from "./model";
import { valuesOf } from "./paste";
import { PriceReason } from "./price-reason";
import type { Lines } from "./use-lines";

export interface LinesViewProps {
  lines: Lines;
  amounts: Amounts[];
  name: string;
  disabled: boolean;
}

interface Place {
  row: number;
  column: number;
}

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function LineGrid({ lines, amounts, name, disabled }: LinesViewProps) {
  const { t } = useTranslation();
  const { columns, rows, currency, child } = lines;
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const [anchor, setAnchor] = useState(0);
  const [editing, setEditing] = useState<{ typed?: string } | null>(null);
  const grid = useRef<HTMLTableElement>(null);
  const row = Math.min(at.row, Math.max(rows.length - 1, 0));
  const wanted = useRef(false);
  /** The sheet has the focus back as soon as it is drawn: whoever types on meanwhile loses nothing. */
  const focus = () => {
    wanted.current = true;
  };
  useLayoutEffect(() => {
    if (wanted.current && !editing) grid.current?.focus();
    wanted.current = false;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cell that was gone to is brought into sight.
  useEffect(() => {
    grid.current?.querySelector("[data-active]")?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [at]);

  const go = (place: Place, extend = false) => {
    const next = {
      row: Math.max(0, Math.min(place.row, rows.length - 1)),
      column: Math.max(0, Math.min(place.column, columns.length - 1)),
    };
    setAt(next);
    if (!extend) setAnchor(next.row);
  };
  const open = (place: Place, typed?: string) => {
    const column = columns[place.column];
    const line = rows[place.row];
    if (disabled || !column || !line || !isOpen(column, line)) return;
    setEditing(typed === undefined ? {} : { typed });
  };
  /** The next cell that can be typed into; behind the last one a new line begins. */
  const step = (place: Place, by: 1 | -1): void => {
    let { row: r, column: c } = place;
    for (;;) {
      c += by;
      if (c >= columns.length) [r, c] = [r + 1, 0];
      if (c < 0) [r, c] = [r - 1, columns.length - 1];
      if (r < 0) return;
      if (r >= rows.length) {
        lines.insert(rows.length, [newRow()]);
        setAt({ row: rows.length, column: 0 });
        setAnchor(rows.length);
        return;
      }
      const column = columns[c];
      const line = rows[r];
      if (column && line && isOpen(column, line)) {
        go({ row: r, column: c });
        return;
      }
    }
  };
  const commit = (value: unknown, move: CommitMove, column: Field) => {
    const before = rows[row]?.values[column.key] ?? null;
    if (JSON.stringify(value ?? null) !== JSON.stringify(before)) lines.set(row, column.key, value);
    setEditing(null);
    if (move === "down") go({ row: row + 1, column: at.column });
    else if (move === "next") step({ row, column: at.column }, 1);
    else if (move === "previous") step({ row, column: at.column }, -1);
    focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (editing || event.nativeEvent.isComposing) return;
    const moved = STEPS[event.key];
    const handled = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (moved) {
      handled();
      go({ row: row + moved[0], column: at.column + moved[1] }, event.shiftKey && moved[1] === 0);
    } else if (event.key === "Home" || event.key === "End") {
      handled();
      go({ row, column: event.key === "Home" ? 0 : columns.length - 1 });
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      handled();
      open({ row, column: at.column });
    } else if (event.key === "F2") {
      handled();
      open({ row, column: at.column });
    } else if (event.key === "Tab" && rows.length > 0 && !(event.shiftKey && row === 0 && at.column === 0)) {
      // The last cell lets the focus go on, else nobody could leave by the keyboard.
      if (!event.shiftKey && row === rows.length - 1 && at.column === columns.length - 1) return;
      handled();
      step({ row, column: at.column }, event.shiftKey ? -1 : 1);
    } else if (disabled) {
      return;
    } else if (event.key === "Insert") {
      handled();
      lines.insert(rows.length ? row + 1 : 0, [newRow()]);
      setAt({ row: rows.length ? row + 1 : 0, column: 0 });
      setAnchor(rows.length ? row + 1 : 0);
    } else if (event.key === "Delete" && rows.length > 0) {
      handled();
      lines.remove(Math.min(anchor, row), Math.max(anchor, row));
      go({ row: Math.min(anchor, row), column: at.column });
    } else if (event.key === "Backspace") {
      handled();
      const column = columns[at.column];
      const line = rows[row];
      if (column && line && isOpen(column, line)) lines.set(row, column.key, null);
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const column = columns[at.column];
      handled();
      open({ row, column: at.column }, column ? event.key : undefined);
    }
  };
  const onCopy = (event: ClipboardEvent) => {
    if (editing || rows.length === 0) return;
    event.preventDefault();
    const chosen = rows.slice(Math.min(anchor, row), Math.max(anchor, row) + 1);
    const words = chosen.map((line) =>
      columns.map((one) => fieldKind(one.kind).toText(line.values[one.key], one, currentLanguage())),
    );
    event.clipboardData.setData("text/plain", writeTsv(words));
  };
  const onPaste = async (event: ClipboardEvent) => {
    if (editing || disabled) return;
    const cells = cellsOf(event.clipboardData.getData("text/plain"));
    if (cells.length === 0) return;
    event.preventDefault();
    lines.fill(row, await valuesOf(cells, columns, at.column));
  };
  const [low, high] = [Math.min(anchor, row), Math.max(anchor, row)];

  return (
    <>
      <div className={classes.grid}>
        <table
          ref={grid}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a sheet whose cells are chosen by keys.
          role="grid"
          aria-label={name}
          aria-rowcount={rows.length + 1}
          aria-activedescendant={rows.length ? `line-${row}-${at.column}` : undefined}
          tabIndex={editing ? -1 : 0}
          className={classes.sheet}
          onKeyDown={onKeyDown}
          onCopy={onCopy}
          onPaste={(event) => void onPaste(event)}
        >
          <thead>
            <tr>
              <th className={classes.place} />
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  data-align={fieldKind(column.kind).align}
                  data-column={column.key}
                  title={label(column.help) || undefined}
                >
                  {label(column.label)}
                </th>
              ))}
              <th className={classes.tool} />
            </tr>
          </thead>
          <tbody>
            {rows.map((line, place) => (
              <GridRow
                key={line.key}
                row={line}
                place={place}
                columns={columns}
                object={child?.key ?? ""}
                currency={currency}
                total={amounts[place]?.total ?? "0"}
                name={name}
                active={place === row ? at.column : null}
                editing={place === row ? editing : null}
                chosen={place >= low && place <= high && low !== high}
                disabled={disabled}
                onChoose={(column, twice) => {
                  if (editing && place === row && column === at.column) return;
                  setEditing(null);
                  go({ row: place, column });
                  focus();
                  if (twice) open({ row: place, column });
                }}
                onCommit={commit}
                onCancel={() => {
                  setEditing(null);
                  focus();
                }}
                onRemove={() => lines.remove(place)}
              />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className={classes.empty}>{t("lines.empty")}</p>}
      </div>
      <PriceReason row={rows[row]} />
      <p className={classes.keys}>{t("lines.keys")}</p>
    </>
  );
}
