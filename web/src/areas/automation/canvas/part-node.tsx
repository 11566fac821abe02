/** The cards of the canvas: a trigger or a step, one way of a step with several, the end, a comment. */
import { ActionIcon } from "@mantine/core";
import { Handle, type NodeProps, Position, useUpdateNodeInternals } from "@xyflow/react";
import clsx from "clsx";
import { CircleAlert, MessageSquareText, Plus } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Chip, hueStyle } from "@/ui/chip";
import { AddPart } from "../add-part";
import { PartIcon } from "../part-icon";
import classes from "./canvas.module.css";
import { useCanvas } from "./canvas-actions";
import type { CanvasNode, PortShown } from "./view";

type PartProps = NodeProps<Extract<CanvasNode, { type?: "part" | "way" | "end" }>>;

export function PartNode({ id, data, selected }: PartProps) {
  const { editable, tree } = useCanvas();
  const { mark } = data;
  return (
    <>
      {data.entry && <Entry />}
      {data.meets && <Meeting id={id} name={data.name} />}
      <div
        className={classes.part}
        data-selected={selected || undefined}
        data-wrong={data.problem ? true : undefined}
        data-faded={mark?.faded || undefined}
        data-marked={mark && !mark.faded ? true : undefined}
        style={mark ? hueStyle(mark.hue) : undefined}
      >
        <span className={classes.sign} style={hueStyle(data.hue)}>
          <PartIcon name={data.icon} />
        </span>
        <div className={classes.words}>
          <div className={classes.title}>
            <span className={classes.titleText} title={data.name}>
              {data.name}
            </span>
            {data.note && <MessageSquareText size={13} aria-label={data.note} className={classes.noted} />}
            {data.problem && <CircleAlert size={15} aria-hidden className={classes.wrongSign} />}
            {mark && <Chip hue={mark.hue}>{mark.word}</Chip>}
          </div>
          <div className={classes.sum}>{data.sum}</div>
          {data.problem && <div className={classes.problem}>{data.problem}</div>}
          {mark?.says?.map((one) => (
            <div key={one} className={classes.said}>
              {one}
            </div>
          ))}
        </div>
      </div>
      {tree ? (
        <Handle type="source" position={Position.Bottom} isConnectable={false} />
      ) : (
        <Ways id={id} ports={data.ports} editable={editable} />
      )}
    </>
  );
}

function Entry() {
  const { editable, tree } = useCanvas();
  return <Handle type="target" position={Position.Top} isConnectable={editable && !tree} />;
}

/** The button in front of a part at which several ways meet. */
function Meeting({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const { editable, offered, insertBefore } = useCanvas();
  if (!editable) return null;
  return (
    <div className={`${classes.meeting} nodrag nopan`}>
      <AddPart kinds={offered} onAdd={(kind) => insertBefore(kind, id)}>
        <ActionIcon size={24} radius="xl" aria-label={t("automation.canvas_insert_before", { name })}>
          <Plus size={15} />
        </ActionIcon>
      </AddPart>
    </div>
  );
}

function Ways({ id, ports, editable }: { id: string; ports: readonly PortShown[]; editable: boolean }) {
  const placesChanged = useUpdateNodeInternals();
  const drawn = useRef(ports.length);
  // Ways begin where their ports are now: several make room for another one.
  useEffect(() => {
    if (drawn.current === ports.length) return;
    drawn.current = ports.length;
    placesChanged(id);
  }, [id, ports.length, placesChanged]);
  return ports.map(({ port, name }, at) => {
    const left = `${((at + 0.5) / ports.length) * 100}%`;
    return (
      <div key={port}>
        <Handle
          type="source"
          position={Position.Bottom}
          id={port}
          style={{ left }}
          isConnectable={editable}
        />
        {name && (
          <span
            className={classes.portName}
            style={{ left, maxWidth: `${100 / ports.length}%` }}
            title={name}
          >
            {name}
          </span>
        )}
      </div>
    );
  });
}

export function WayNode({ data, selected }: PartProps) {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <div className={classes.way} data-selected={selected || undefined}>
        <span className={classes.wayName} style={hueStyle(data.hue)} title={data.name}>
          {data.name}
        </span>
        <span className={classes.waySum} title={data.sum}>
          {data.sum}
        </span>
      </div>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

export function EndNode({ id, data }: PartProps) {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      {data.meets && <Meeting id={id} name={data.name} />}
      <div className={classes.end}>{data.name}</div>
    </>
  );
}

export function NoteNode({ id, data, selected }: NodeProps<Extract<CanvasNode, { type?: "note" }>>) {
  const { t } = useTranslation();
  const { editable, write } = useCanvas();
  return (
    <div className={clsx(classes.note)} data-selected={selected || undefined}>
      <textarea
        className={clsx(classes.noteText, "nodrag", "nowheel")}
        aria-label={t("automation.canvas_note")}
        placeholder={t("automation.canvas_note_hint")}
        readOnly={!editable}
        maxLength={1_000}
        value={data.text}
        onChange={(event) => write(id, event.currentTarget.value)}
      />
    </div>
  );
}
