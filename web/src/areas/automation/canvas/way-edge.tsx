/** A way from one part to another, with a button that puts a step on it. */
import { ActionIcon } from "@mantine/core";
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from "@xyflow/react";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { AddPart } from "../add-part";
import classes from "./canvas.module.css";
import { useCanvas } from "./canvas-actions";
import { pathThrough } from "./path";
import type { CanvasEdge } from "./view";

const UNDER = 22;
const RADIUS = 10;

export function WayEdge(props: EdgeProps<CanvasEdge>) {
  const { t } = useTranslation();
  const { editable, tree, offered, insert } = useCanvas();
  const { data, id } = props;
  const [straight, x, y] = getSmoothStepPath({ ...props, borderRadius: RADIUS });
  const { sourceX, sourceY, targetX, targetY } = props;
  const through = data?.through ?? [];
  const path =
    through.length > 0
      ? pathThrough([{ x: sourceX, y: sourceY }, ...through, { x: targetX, y: targetY }], RADIUS)
      : straight;
  const behind = data?.behind;
  // In the simple mode right under the card, where people look for it.
  const place = tree ? { x: sourceX, y: sourceY + UNDER } : { x, y };
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        markerEnd={props.markerEnd}
        interactionWidth={36}
        className={data?.taken === null ? undefined : data?.taken ? classes.taken : classes.untaken}
      />
      {editable && behind !== undefined && (
        <EdgeLabelRenderer>
          <div
            className={`${classes.plus} nodrag nopan`}
            data-tree={tree || undefined}
            style={{ transform: `translate(-50%, -50%) translate(${place.x}px, ${place.y}px)` }}
          >
            <AddPart kinds={offered} onAdd={(kind) => insert(kind, behind)}>
              <ActionIcon
                size={tree ? 24 : 18}
                radius="xl"
                variant={tree ? "filled" : "default"}
                aria-label={t("automation.canvas_insert", { way: data?.says })}
              >
                <Plus size={tree ? 15 : 12} />
              </ActionIcon>
            </AddPart>
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
}
