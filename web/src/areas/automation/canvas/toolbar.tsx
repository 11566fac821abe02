/** The tools of the canvas: the object, what was done, what is chosen, order and size. */
import { ActionIcon, Select, Tooltip } from "@mantine/core";
import { useReactFlow } from "@xyflow/react";
import {
  Copy,
  type LucideIcon,
  Maximize,
  Maximize2,
  Minimize2,
  Network,
  Redo2,
  Trash2,
  Undo2,
  ZoomIn,
  ZoomOut,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import classes from "./canvas.module.css";

export interface Tools {
  canUndo: boolean;
  canRedo: boolean;
  chosen: number;
  undo(): void;
  redo(): void;
  duplicate(): void;
  remove(): void;
  /** Missing where the order is always kept. */
  arrange?: () => void;
  /** Whether the canvas fills the window. */
  full: boolean;
  setFull(full: boolean): void;
}

export function Toolbar({
  tools,
  object,
  onObject,
  children,
}: {
  tools: Tools;
  object: string | null;
  onObject(object: string | null): void;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t("automation.canvas_tools")}>
      <Select
        size="xs"
        className={classes.object}
        aria-label={t("automation.object")}
        placeholder={t("automation.object")}
        searchable
        clearable
        allowDeselect={false}
        data={catalog.objects.map((one) => ({ value: one.key, label: label(one.label) }))}
        value={object}
        onChange={onObject}
      />
      {children}
      <span className={classes.line} />
      <Tool
        name={t("automation.canvas_undo")}
        keys="Ctrl Z"
        Icon={Undo2}
        off={!tools.canUndo}
        run={tools.undo}
      />
      <Tool
        name={t("automation.canvas_redo")}
        keys="Ctrl Y"
        Icon={Redo2}
        off={!tools.canRedo}
        run={tools.redo}
      />
      <span className={classes.line} />
      <Tool
        name={t("automation.canvas_duplicate")}
        keys="Ctrl D"
        Icon={Copy}
        off={tools.chosen === 0}
        run={tools.duplicate}
      />
      <Tool
        name={t("automation.canvas_remove")}
        keys="Delete"
        Icon={Trash2}
        off={tools.chosen === 0}
        run={tools.remove}
      />
      <span className={classes.line} />
      {tools.arrange && (
        <Tool
          name={t("automation.canvas_arrange")}
          Icon={Network}
          run={() => {
            tools.arrange?.();
            setTimeout(() => fitView({ duration: 150, maxZoom: 1 }), 50);
          }}
        />
      )}
      <Tool name={t("automation.canvas_zoom_out")} Icon={ZoomOut} run={() => zoomOut()} />
      <Tool name={t("automation.canvas_zoom_in")} Icon={ZoomIn} run={() => zoomIn()} />
      <Tool
        name={t("automation.canvas_fit")}
        Icon={Maximize}
        run={() => fitView({ duration: 150, maxZoom: 1 })}
      />
      <span className={classes.space} />
      <Tool
        name={t(tools.full ? "automation.canvas_small" : "automation.canvas_full")}
        Icon={tools.full ? Minimize2 : Maximize2}
        run={() => tools.setFull(!tools.full)}
      />
    </div>
  );
}

function Tool({
  name,
  keys,
  Icon,
  off,
  run,
}: {
  name: string;
  keys?: string;
  Icon: LucideIcon;
  off?: boolean;
  run(): void;
}) {
  return (
    <Tooltip label={keys ? `${name} (${keys})` : name} openDelay={400}>
      <ActionIcon variant="subtle" color="gray" aria-label={name} disabled={off} onClick={run}>
        <Icon size={16} strokeWidth={1.75} />
      </ActionIcon>
    </Tooltip>
  );
}
