/** One line of the sheet; drawn again only when something of its own has changed. */
import { ActionIcon } from "@mantine/core";
import { Trash2 } from "lucide-react";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { formatMoney } from "@/lib/format";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { fieldKind } from "../field-kinds";
import type { CommitMove, InputProps } from "../field-kinds/types";
import classes from "./lines.module.css";
import { isItem, type LineRow, text } from "./model";

/** Whether a cell can be typed into: the list price of a product is the catalogue's, unless it has none. */
export function isOpen(column: Field, row: LineRow): boolean {
  if (column.read_only) return false;
  if (!isItem(row)) return column.key === "name" || column.key === "kind";
  if (column.key === "chosen") return Boolean(row.values.optional);
  if (column.key !== "list_price" || !row.values.product) return true;
  return text(row.values.price_source) === "manual";
}

/** The editor in a cell: what is typed is its own until it is committed. */
function LineCell({ value, ...props }: Omit<InputProps, "onChange">) {
  const [typed, setTyped] = useState(value);
  const { Input } = fieldKind(props.field.kind);
  return <Input {...props} value={typed} onChange={setTyped} autoFocus compact />;
}

interface GridRowProps {
  row: LineRow;
  place: number;
  columns: readonly Field[];
  object: string;
  currency: string;
  total: string;
  name: string;
  active: number | null;
  editing: { typed?: string } | null;
  chosen: boolean;
  disabled: boolean;
  onChoose(column: number, twice: boolean): void;
  onCommit(value: unknown, move: CommitMove, column: Field): void;
  onCancel(): void;
  onRemove(): void;
}

/** Handlers are made anew with every keystroke and always act on the present rows: they are no reason to draw again. */
const same = (one: GridRowProps, other: GridRowProps) =>
  one.row === other.row &&
  one.place === other.place &&
  one.total === other.total &&
  one.currency === other.currency &&
  one.active === other.active &&
  one.editing === other.editing &&
  one.chosen === other.chosen &&
  one.disabled === other.disabled &&
  one.columns.length === other.columns.length &&
  one.active === null;

const SAID = new Set(["name", "kind"]);

function wordsOf({ row, total, currency }: GridRowProps, column: Field, value: unknown): string {
  if (column.key === "total" && text(row.values.kind) !== "heading") {
    return formatMoney({ amount: total, currency });
  }
  if (!isItem(row) && !SAID.has(column.key)) return "";
  return fieldKind(column.kind).toText(value, column, currentLanguage());
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, place, columns, name } = props;
  const { t } = useTranslation();
  return (
    <tr
      aria-rowindex={place + 2}
      data-chosen={props.chosen || undefined}
      data-kind={isItem(row) ? undefined : text(row.values.kind)}
      data-optional={row.values.optional && !row.values.chosen ? true : undefined}
      data-wrong={row.problem ? true : undefined}
    >
      <td className={classes.place}>{place + 1}</td>
      {columns.map((column, at) => {
        const active = props.active === at;
        const kind = fieldKind(column.kind);
        const value = row.values[column.key] ?? null;
        const words = wordsOf(props, column, value);
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's.
          // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus.
          <td
            key={column.key}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: cells of a table that is a grid.
            role="gridcell"
            id={`line-${place}-${at}`}
            aria-selected={active}
            aria-readonly={!isOpen(column, row) || undefined}
            data-align={kind.align}
            data-column={column.key}
            data-active={active || undefined}
            onClick={() => props.onChoose(at, active && !props.editing)}
            onDoubleClick={() => props.onChoose(at, true)}
          >
            {active && props.editing ? (
              <LineCell
                value={props.editing.typed !== undefined && column.trait !== "ref" ? null : value}
                field={column}
                object={props.object}
                record={row.values}
                onCommit={(next, move) => props.onCommit(next, move, column)}
                onCancel={props.onCancel}
                {...(props.editing.typed !== undefined && { initialText: props.editing.typed })}
                aria-label={`${name} ${place + 1} ${label(column.label)}`}
              />
            ) : (
              <span className={classes.words} title={words}>
                {words}
              </span>
            )}
          </td>
        );
      })}
      <td className={classes.tool}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          tabIndex={-1}
          disabled={props.disabled}
          aria-label={t("field-kinds.remove_line", { place: place + 1 })}
          onClick={props.onRemove}
        >
          <Trash2 size={14} />
        </ActionIcon>
      </td>
    </tr>
  );
}, same);
