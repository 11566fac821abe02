/** A field in the order of its object: dragged by its handle, or moved with the arrow keys on it. */
import { ActionIcon, Loader, Menu } from "@mantine/core";
import { Archive, ArrowRightLeft, Ellipsis, GripVertical, ListTree, Pencil, Undo2 } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { KindCard } from "@/api/types";
import { label } from "@/lib/label";
import { Chip } from "@/ui/chip";
import { IconByName } from "@/ui/icon-by-name";
import { mayConvert } from "./kinds";
import type { DesignedField } from "./model";
import classes from "./objects.module.css";
import { useRowDrag } from "./use-row-drag";

interface FieldRowProps {
  field: DesignedField;
  kind: KindCard | undefined;
  /** What it is being converted to. */
  targetKind: KindCard | undefined;
  isTitle: boolean;
  /** Null where the order cannot be changed, such as in a part of the list. */
  place: { at: number; of: number } | null;
  editable: boolean;
  /** Its values are kept from the member, who leaves it as it is. */
  kept: boolean;
  onMove(id: string, to: number): void;
  onEdit(): void;
  onUsage(): void;
  onConvert(): void;
  onArchive(): void;
  onRevert(): void;
}

const STEPS: Record<string, -1 | 1> = { ArrowUp: -1, ArrowDown: 1 };
const MARKS = ["required", "unique", "searchable", "index", "read_only", "hidden"] as const;

export function FieldRow(props: FieldRowProps) {
  const { field, kind, place, kept } = props;
  const editable = props.editable && !kept;
  const { t } = useTranslation();
  const name = label(field.values.label);
  const row = useRef<HTMLTableRowElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const edge = useRowDrag(row, handle, {
    list: "fields",
    id: field.id,
    at: place?.at ?? null,
    onMove: props.onMove,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step || !place) return;
    event.preventDefault();
    if (place.at + step >= 0 && place.at + step < place.of) props.onMove(field.id, place.at + step);
  };
  const { conversion } = field;
  const converting = conversion !== null && conversion.state !== "done";
  const revertible = conversion?.state === "running" || conversion?.state === "done";
  return (
    <tr ref={row} className={classes.row} data-edge={edge ?? undefined} data-field={field.key}>
      {place && (
        <td className={classes.grip}>
          <button
            ref={handle}
            type="button"
            className={classes.handle}
            aria-label={t("objects.move_field", { name, place: place.at + 1, of: place.of })}
            aria-keyshortcuts="ArrowUp ArrowDown"
            onKeyDown={onKeyDown}
          >
            <GripVertical size={16} aria-hidden />
          </button>
        </td>
      )}
      <td>
        {kept ? (
          <span className={classes.marks}>
            <span className={classes.name}>{name}</span>
            <Chip hue="amber">{t("objects.kept")}</Chip>
          </span>
        ) : (
          <button type="button" className={classes.link} onClick={props.onEdit}>
            {name}
          </button>
        )}
      </td>
      <td className={classes.secondary}>
        <code className={classes.code}>{field.key}</code>
      </td>
      <td>
        <span className={classes.named} style={{ gap: 8 }}>
          <IconByName name={kind?.icon ?? "box"} size={15} />
          {kind ? label(kind.label) : field.kind}
          {converting && (
            <Chip hue="amber">
              <Loader size={10} mr={6} color="currentColor" />
              {t("objects.converting", { kind: label(props.targetKind?.label) || conversion.to.kind })}
            </Chip>
          )}
        </span>
      </td>
      <td className={classes.secondary}>
        <span className={classes.marks}>
          {props.isTitle && <Chip hue="blue">{t("objects.mark_title")}</Chip>}
          {!field.custom && <Chip>{t("objects.standard")}</Chip>}
          {MARKS.filter((mark) => field.values[mark]).map((mark) => (
            <Chip key={mark} hue={mark === "required" ? "orange" : "slate"}>
              {t(`objects.mark_${mark}`)}
            </Chip>
          ))}
          {field.state === "creating" && <Chip hue="amber">{t("objects.creating")}</Chip>}
        </span>
      </td>
      <td className={classes.menu}>
        <Menu position="bottom-end" width={220} withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t("objects.actions_of", { name })}>
              <Ellipsis size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {editable && (
              <Menu.Item leftSection={<Pencil size={15} />} onClick={props.onEdit}>
                {t("objects.edit")}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<ListTree size={15} />} onClick={props.onUsage}>
              {t("objects.where_used")}
            </Menu.Item>
            {editable && field.custom && kind && mayConvert(kind) && !converting && (
              <Menu.Item leftSection={<ArrowRightLeft size={15} />} onClick={props.onConvert}>
                {t("objects.convert")}
              </Menu.Item>
            )}
            {editable && revertible && (
              <Menu.Item leftSection={<Undo2 size={15} />} onClick={props.onRevert}>
                {t(converting ? "objects.convert_stop" : "objects.convert_revert")}
              </Menu.Item>
            )}
            {editable && field.custom && (
              <Menu.Item leftSection={<Archive size={15} />} onClick={props.onArchive}>
                {t("objects.archive")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  );
}
