/** A field in the designer of layouts: dragged, or moved by its menu. */
import type { Edge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge";
import { ActionIcon, Menu } from "@mantine/core";
import { Ellipsis, GripVertical } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { label } from "@/lib/label";
import classes from "./layouts.module.css";
import { useFieldDrag } from "./use-field-drag";

export interface Entry {
  key: string;
  text: string;
  run(): void;
  disabled?: boolean;
  /** Begins a new group of entries. */
  apart?: boolean;
}

interface FieldChipProps {
  field: Field;
  entries: Entry[];
  width?: number | null;
  edges?: Edge[];
  onDrop?(field: string, behind: boolean): void;
}

const BELOW: Edge[] = ["top", "bottom"];

export function FieldChip({ field, entries, width, edges = BELOW, onDrop }: FieldChipProps) {
  const { t } = useTranslation();
  const chip = useRef<HTMLDivElement>(null);
  const edge = useFieldDrag(chip, field.key, edges, onDrop);
  const name = label(field.label);
  return (
    <div
      ref={chip}
      className={classes.chip}
      data-edge={edge ?? undefined}
      data-width={width ?? undefined}
      data-place={field.key}
    >
      <GripVertical size={14} className={classes.grip} aria-hidden />
      <span className={classes.chipName}>{name}</span>
      <Menu position="bottom-end" width={220} withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t("layouts.place_of", { name })}>
            <Ellipsis size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {entries.flatMap(({ key, text, run, disabled, apart }) => [
            ...(apart ? [<Menu.Divider key={`${key}-apart`} />] : []),
            <Menu.Item key={key} onClick={run} disabled={disabled}>
              {text}
            </Menu.Item>,
          ])}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
