/** Editor of the lines of a record: a grid of the lines' own inputs, saved together with the record. */
import { ActionIcon, Button, Input } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { defaultValues } from "../../form/fields";
import { fieldKind } from "..";
import classes from "../field-kinds.module.css";
import { orNull } from "../parts/lists";
import type { InputProps } from "../types";
import { type LineEdit, lineColumns, lineObject, linesOnScreen, linesQuery } from "./lines";
import { TotalsRow } from "./totals-row";

export default function SubTableInput(props: InputProps<LineEdit[]>) {
  const { t } = useTranslation();
  const { field, record } = props;
  const child = useObject(lineObject(field));
  const columns = child ? lineColumns(field, child) : [];
  const id = typeof record?.id === "string" ? record.id : "";
  const { data: saved = [] } = useQuery({ ...linesQuery(field, columns, id), enabled: Boolean(child && id) });
  if (!child) return null;
  const edits = props.value ?? [];
  const fresh = edits.filter((edit) => !edit.id);
  const ofSaved = (line: string) => edits.find((edit) => edit.id === line);
  const set = (next: LineEdit[]) => props.onChange(orNull(next));
  const change = (line: { id: string; rev: number }, edit: LineEdit) =>
    set([...edits.filter((other) => other.id !== line.id), { id: line.id, rev: line.rev, ...edit }]);
  const changeFresh = (at: number, values: Record<string, unknown>) =>
    set([
      ...edits.filter((edit) => edit.id),
      ...fresh.map((edit, place) => (place === at ? { values } : edit)),
    ]);
  const name = props["aria-label"] ?? label(field.label);
  const row = (
    key: string,
    place: number,
    values: Record<string, unknown>,
    put: (values: LineEdit["values"]) => void,
    drop: () => void,
  ) => (
    <tr key={key}>
      {columns.map((column) => (
        <td key={column.key} data-align={fieldKind(column.kind).align}>
          <LineCell
            column={column}
            object={child.key}
            name={`${name} ${place + 1} ${label(column.label)}`}
            values={values}
            disabled={props.disabled}
            onChange={(value) => put({ [column.key]: value })}
          />
        </td>
      ))}
      <td>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={props.disabled}
          aria-label={t("field-kinds.remove_line", { place: place + 1 })}
          onClick={drop}
        >
          <Trash2 size={14} />
        </ActionIcon>
      </td>
    </tr>
  );
  const kept = saved.filter((line) => !ofSaved(line.id)?.delete);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame of its own.
    <div className={classes.stack} role="group" aria-label={name} id={props.id}>
      <div className={classes.linesScroll}>
        <table className={classes.lines} data-editing>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} data-align={fieldKind(column.kind).align}>
                  {label(column.label)}
                  {column.required && <span aria-hidden="true"> *</span>}
                </th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {kept.map((line, place) => {
              const mine = ofSaved(line.id)?.values ?? {};
              return row(
                line.id,
                place,
                { ...line, ...mine },
                (next) => change(line, { values: { ...mine, ...next } }),
                () => change(line, { delete: true }),
              );
            })}
            {fresh.map((edit, at) =>
              row(
                `new ${at}`,
                kept.length + at,
                edit.values ?? {},
                (next) => changeFresh(at, { ...edit.values, ...next }),
                () =>
                  set([...edits.filter((other) => other.id), ...fresh.filter((_, place) => place !== at)]),
              ),
            )}
          </tbody>
          <TotalsRow
            field={field}
            columns={columns}
            lines={linesOnScreen(saved, edits)}
            language={currentLanguage()}
            tools
          />
        </table>
      </div>
      {typeof props.error === "string" && <Input.Error role="alert">{props.error}</Input.Error>}
      <span className={classes.withIcon}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={props.disabled}
          leftSection={<Plus size={14} />}
          onClick={() => set([...edits, { values: defaultValues({ ...child, fields: columns }) }])}
        >
          {t("field-kinds.add_line")}
        </Button>
        {props.onCommit && (
          <>
            <Button
              size="compact-sm"
              disabled={edits.length === 0}
              onClick={() => props.onCommit?.(orNull(edits), "stay")}
            >
              {t("field-kinds.save_lines")}
            </Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => props.onCancel?.()}>
              {t("field-kinds.cancel")}
            </Button>
          </>
        )}
      </span>
    </div>
  );
}

interface LineCellProps {
  column: Field;
  object: string;
  name: string;
  values: Record<string, unknown>;
  disabled: boolean | undefined;
  onChange(value: unknown): void;
}

function LineCell({ column, object, name, values, disabled, onChange }: LineCellProps) {
  const kind = fieldKind(column.kind);
  const value = values[column.key] ?? null;
  if (column.read_only) {
    return kind.isEmpty(value) ? null : (
      <kind.Display value={value} field={column} language={currentLanguage()} linked={false} />
    );
  }
  return (
    <kind.Input
      value={value}
      field={column}
      object={object}
      record={values}
      onChange={onChange}
      aria-label={name}
      disabled={disabled}
      compact
    />
  );
}
