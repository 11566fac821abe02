/** Fields in an order: dragged by their handles or moved with the arrow keys on them, taken off, added. */
import { ActionIcon, Select } from "@mantine/core";
import { GripVertical, X } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import objects from "../objects/objects.module.css";
import { useRowDrag } from "../objects/use-row-drag";
import classes from "./layouts.module.css";
import { placeable, shifted } from "./model";

interface FieldListProps {
  known: CatalogObject;
  name: string;
  keys: string[];
  onChange(keys: string[]): void;
}

export function FieldList({ known, name, keys, onChange }: FieldListProps) {
  const { t } = useTranslation();
  const left = placeable(known.fields).filter(({ key }) => !keys.includes(key));
  const move = (key: string, to: number) => onChange(shifted(keys, keys.indexOf(key), to));
  return (
    <section className={classes.card} aria-label={name}>
      {keys.length === 0 && <p className={classes.help}>{t("layouts.nothing_placed")}</p>}
      <ol className={objects.options}>
        {keys.map((key, at) => (
          <FieldItem
            key={key}
            id={key}
            name={label(findField(known, key)?.label) || key}
            at={at}
            of={keys.length}
            onMove={move}
            onRemove={() => onChange(keys.filter((each) => each !== key))}
          />
        ))}
      </ol>
      <Select
        mt="sm"
        maw={320}
        label={t("layouts.add_field")}
        placeholder={t("layouts.choose_field")}
        data={left.map((field) => ({ value: field.key, label: label(field.label) }))}
        searchable
        value={null}
        onChange={(key) => key && onChange([...keys, key])}
      />
    </section>
  );
}

const STEPS: Record<string, -1 | 1> = { ArrowUp: -1, ArrowDown: 1 };

interface FieldItemProps {
  id: string;
  name: string;
  at: number;
  of: number;
  onMove(id: string, to: number): void;
  onRemove(): void;
}

function FieldItem({ id, name, at, of, onMove, onRemove }: FieldItemProps) {
  const { t } = useTranslation();
  const row = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const edge = useRowDrag(row, handle, { list: "layout-list", id, at, onMove });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    onMove(id, at + step);
  };
  return (
    <li ref={row} className={objects.option} data-edge={edge ?? undefined}>
      <button
        ref={handle}
        type="button"
        className={objects.handle}
        aria-label={t("objects.move_field", { name, place: at + 1, of })}
        aria-keyshortcuts="ArrowUp ArrowDown"
        onKeyDown={onKeyDown}
      >
        <GripVertical size={16} aria-hidden />
      </button>
      <span className={objects.optionWords}>{name}</span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("layouts.take_off", { name })}
        onClick={onRemove}
      >
        <X size={15} />
      </ActionIcon>
    </li>
  );
}
