/** What can be put on the canvas, in groups: dragged to its place, or added behind the chosen step by a click. */
import { TextInput } from "@mantine/core";
import { Search, StickyNote } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { label } from "@/lib/label";
import { hueStyle } from "@/ui/chip";
import type { PartKind, StepKind } from "../model";
import { hueOf } from "../part-hue";
import { PartIcon } from "../part-icon";
import classes from "./canvas.module.css";

/** What is dragged from the palette. */
export interface Dragged {
  sort: "trigger" | "step" | "note";
  kind: string;
}

const FORMAT = "application/x-guanxi-part";

export function draggedOf(transfer: DataTransfer): Dragged | null {
  try {
    return JSON.parse(transfer.getData(FORMAT)) as Dragged;
  } catch {
    return null;
  }
}

export const carriesPart = (transfer: DataTransfer) => transfer.types.includes(FORMAT);

export function PalettePanel({
  triggers,
  steps,
  onAdd,
}: {
  triggers: readonly PartKind[];
  steps: readonly StepKind[];
  onAdd(part: Dragged): void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const fits = (kind: PartKind) =>
    [...Object.values(kind.label), kind.key, label(kind.help)].some((one) =>
      one.toLowerCase().includes(wanted),
    );
  const groups = new Map<string, StepKind[]>();
  for (const kind of steps.filter(fits)) groups.set(kind.group, [...(groups.get(kind.group) ?? []), kind]);
  const begins = triggers.filter(fits);
  const item = (kind: PartKind, sort: Dragged["sort"], group?: string) => (
    <Item
      key={kind.key}
      part={{ sort, kind: kind.key }}
      name={label(kind.label)}
      help={label(kind.help)}
      hue={sort === "trigger" ? hueStyle("blue") : hueStyle(hueOf(group))}
      icon={<PartIcon name={kind.icon} />}
      onAdd={onAdd}
    />
  );
  const remark = t("automation.canvas_note");
  return (
    <section className={classes.palette} aria-label={t("automation.canvas_palette")}>
      <TextInput
        size="xs"
        aria-label={t("automation.canvas_search")}
        placeholder={t("automation.canvas_search")}
        leftSection={<Search size={13} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.items}>
        {begins.length > 0 && (
          <Group name={t("automation.trigger")}>{begins.map((kind) => item(kind, "trigger"))}</Group>
        )}
        {[...groups].map(([group, kinds]) => (
          <Group key={group} name={t(`automation.group_${group}`, { defaultValue: group })}>
            {kinds.map((kind) => item(kind, "step", group))}
          </Group>
        ))}
        {remark.toLowerCase().includes(wanted) && (
          <Group name={t("automation.canvas_beside")}>
            <Item
              part={{ sort: "note", kind: "" }}
              name={remark}
              help={t("automation.canvas_note_help")}
              hue={hueStyle("slate")}
              icon={<StickyNote size={16} strokeWidth={1.75} aria-hidden />}
              onAdd={onAdd}
            />
          </Group>
        )}
        {begins.length === 0 && groups.size === 0 && (
          <p className={classes.none}>{t("automation.canvas_none_found")}</p>
        )}
      </div>
    </section>
  );
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.groupName}>{name}</legend>
      {children}
    </fieldset>
  );
}

function Item({
  part,
  name,
  help,
  hue,
  icon,
  onAdd,
}: {
  part: Dragged;
  name: string;
  help: string;
  hue: Record<string, string>;
  icon: ReactNode;
  onAdd(part: Dragged): void;
}) {
  return (
    <button
      type="button"
      draggable
      className={classes.item}
      title={help}
      onClick={() => onAdd(part)}
      onDragStart={(event) => {
        event.dataTransfer.setData(FORMAT, JSON.stringify(part));
        event.dataTransfer.effectAllowed = "copy";
      }}
    >
      <span className={classes.itemSign} style={hue}>
        {icon}
      </span>
      {name}
    </button>
  );
}
