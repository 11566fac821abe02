/** The editor of one cell: the kind's own input in the cell, or over it when it needs more room. */
import { Popover } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Language, RecordRow } from "@/api/types";
import { problemOf } from "../field-kinds/problem";
import type { CommitMove } from "../field-kinds/types";
import classes from "./grid.module.css";
import type { GridColumn } from "./grid-columns";
import { usePressOutside } from "./use-press-outside";

export function CellEditor({
  column,
  row,
  object,
  initialText,
  onCommit,
  onCancel,
}: {
  column: GridColumn;
  row: RecordRow;
  object: string;
  initialText?: string;
  /** `value` undefined: nothing was changed. */
  onCommit(value: unknown, move: CommitMove): void;
  onCancel(): void;
}) {
  const { i18n } = useTranslation();
  const { kind, field, path } = column;
  const before = row[path] ?? null;
  const [value, setValue] = useState<unknown>(before);
  const [problem, setProblem] = useState<string | null>(null);
  const commit = (next: unknown, move: CommitMove) => {
    const found = problemOf(field, next);
    setProblem(found);
    if (found) return;
    const after = kind.isEmpty(next) ? null : next;
    onCommit(JSON.stringify(after) === JSON.stringify(before) ? undefined : after, move);
  };
  const anchor = useRef<HTMLSpanElement>(null);
  const popover = kind.cellEditor === "popover";
  usePressOutside(
    popover,
    () => anchor.current,
    () => commit(value, "stay"),
  );
  const input = (
    <kind.Input
      value={value}
      field={field}
      onChange={setValue}
      onCommit={commit}
      onCancel={onCancel}
      autoFocus
      compact
      error={problem}
      initialText={initialText}
      record={row}
      object={object}
      aria-label={column.label}
    />
  );
  if (!popover) {
    // The cell is too low for words: what is wrong stands below it.
    return (
      <Popover opened={problem !== null} withRoles={false} position="bottom-start" shadow="md" offset={6}>
        <Popover.Target>
          <div className={classes.editor}>{input}</div>
        </Popover.Target>
        <Popover.Dropdown p={8} maw={320} className={classes.editorProblem} role="alert">
          {problem}
        </Popover.Dropdown>
      </Popover>
    );
  }
  return (
    <Popover
      opened
      closeOnClickOutside={false}
      closeOnEscape={false}
      withRoles={false}
      position="bottom-start"
      width={Math.max(320, column.width)}
      shadow="md"
      offset={2}
      returnFocus={false}
    >
      <Popover.Target>
        <span ref={anchor} className={classes.editorAnchor}>
          {!kind.isEmpty(before) && (
            <kind.Display value={before} field={field} language={i18n.language as Language} linked={false} />
          )}
        </span>
      </Popover.Target>
      <Popover.Dropdown p={8}>{input}</Popover.Dropdown>
    </Popover>
  );
}
