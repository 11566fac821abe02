/** A flow on its canvas: steps are dragged from the palette, connected, put in order, and set beside it. */
import "@xyflow/react/dist/base.css";
import { Button } from "@mantine/core";
import { Background, type Connection, MiniMap, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { Plus } from "lucide-react";
import { type DragEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { currentLanguage } from "@/lib/language";
import { AddPart } from "../add-part";
import { BpmnMenu } from "../bpmn-menu";
import { type Definition, type Palette, withObject } from "../model";
import type { Problems } from "../use-check";
import { useTitles } from "../use-titles";
import type { Telling } from "../words";
import classes from "./canvas.module.css";
import { CanvasContext } from "./canvas-actions";
import { connected, disconnected, joinedUp, moved } from "./editing";
import { onCanvasKey } from "./keys";
import { carriesPart, draggedOf, PalettePanel } from "./palette-panel";
import { arranged, GRID, placed } from "./places";
import { StepPanel } from "./step-panel";
import { Toolbar } from "./toolbar";
import { EDGE_TYPES, NODE_TYPES, WAY_ENDS } from "./types-of-parts";
import { useActs } from "./use-acts";
import { useAria } from "./use-aria";
import { useBegin } from "./use-begin";
import { useChosen } from "./use-chosen";
import { useHistory } from "./use-history";
import { useInSight } from "./use-in-sight";
import { useKeptFocus } from "./use-kept-focus";
import { type CanvasEdge, type CanvasNode, viewOf } from "./view";

export interface FlowCanvasProps {
  definition: Definition;
  palette: Palette;
  problems: Problems;
  /** What the flow is called. */
  title: string;
  /** The simple mode: from top to bottom, in an order that is always kept. */
  tree: boolean;
  /** The part whose settings are asked for from outside; another turn asks again. */
  asked: { id: string; turn: number } | null;
  onChange(definition: Definition): void;
}

export function FlowCanvas(props: FlowCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

const TYPING_MS = 1_500;

function Canvas({ definition, palette, problems, title, tree, asked, onChange }: FlowCanvasProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const titles = useTitles(definition);
  const language = currentLanguage();
  const telling = useMemo(
    (): Telling => ({ catalog, language, t, palette, titles }),
    [catalog, language, t, palette, titles],
  );
  const kinds = useMemo(() => new Map(palette.steps.map((kind) => [kind.key, kind])), [palette]);
  const view = useMemo(
    () => viewOf(definition, { telling, kinds, problems, tree }),
    [definition, telling, kinds, problems, tree],
  );
  const history = useHistory(definition, onChange);
  const picked = useChosen(view);
  const frame = useRef<HTMLDivElement>(null);
  const [full, setFull] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const acts = useActs({ definition, palette, kinds, tree, view, history, picked, frame, open: setOpened });
  const aria = useAria();
  const begin = useBegin(frame);
  useKeptFocus(frame, definition);
  useEffect(() => {
    if (asked) setOpened(asked.id);
  }, [asked]);
  useInSight(frame, opened, full);
  const fits = <K extends { about_record: boolean }>(kind: K) =>
    !kind.about_record || definition.object !== null;
  const steps = palette.steps.filter(fits);
  const triggers = palette.triggers.filter(fits);

  const connect = ({ source, sourceHandle, target }: Connection) =>
    history.change(connected(definition, source, sourceHandle ?? "", target));
  const place = (nodes: readonly CanvasNode[]) => {
    history.change(moved(definition, new Map(nodes.map(({ id, position }) => [id, position]))));
    picked.letGo();
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    const part = draggedOf(event.dataTransfer);
    if (part) acts.add(part, { x: event.clientX, y: event.clientY });
  };
  const openPart = (id: string) => {
    const part = view.nodes.find((one) => one.id === id);
    if (!part || part.type === "end" || part.type === "note") return;
    setOpened(part.type === "way" ? (part.data.of?.id ?? null) : id);
  };
  return (
    <CanvasContext
      value={{
        editable: true,
        tree,
        offered: steps,
        insert: acts.insert,
        insertBefore: acts.insertBefore,
        write: (id, text) =>
          history.change(
            {
              ...definition,
              notes: (definition.notes ?? []).map((one) => (one.id === id ? { ...one, text } : one)),
            },
            `note ${id}`,
          ),
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of what lies in it */}
      <div
        className={classes.canvas}
        data-full={full || undefined}
        onKeyDown={(event) =>
          onCanvasKey(event, {
            ...acts,
            undo: history.undo,
            redo: history.redo,
            open: openPart,
          })
        }
      >
        <Toolbar
          object={definition.object}
          onObject={(object) => history.change(withObject(definition, object, palette))}
          tools={{
            ...history,
            chosen: picked.chosen.size + picked.ways.size,
            duplicate: acts.duplicate,
            remove: acts.remove,
            full,
            setFull,
            arrange: tree ? undefined : () => history.change(arranged(definition)),
          }}
        >
          <BpmnMenu title={title} definition={placed(definition)} onRead={(next) => history.change(next)} />
          {tree && (
            <AddPart kinds={triggers} onAdd={({ key }) => acts.add({ sort: "trigger", kind: key })}>
              <Button size="xs" variant="default" leftSection={<Plus size={14} />}>
                {t("automation.trigger")}
              </Button>
            </AddPart>
          )}
        </Toolbar>
        {problems.whole.length > 0 && <p className={classes.whole}>{problems.whole.join(" ")}</p>}
        <div className={classes.body}>
          {!tree && <PalettePanel triggers={triggers} steps={steps} onAdd={acts.add} />}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: things are dropped here; the palette adds by keys too */}
          <div
            ref={frame}
            tabIndex={-1}
            className={classes.frame}
            data-fixed={tree || undefined}
            onDragOver={(event) => {
              if (!carriesPart(event.dataTransfer)) return;
              event.preventDefault();
              event.dataTransfer.dropEffect = "copy";
            }}
            onDrop={drop}
            onFocus={({ target }) => {
              const id = (target as HTMLElement).dataset.id;
              if (id && target.matches(".react-flow__node:focus-visible")) picked.choose([id]);
            }}
          >
            <ReactFlow<CanvasNode, CanvasEdge>
              aria-label={t("automation.canvas")}
              nodes={picked.nodes}
              edges={picked.edges}
              onNodesChange={picked.onNodesChange}
              onEdgesChange={picked.onEdgesChange}
              nodeTypes={NODE_TYPES}
              edgeTypes={EDGE_TYPES}
              defaultEdgeOptions={WAY_ENDS}
              onInit={begin}
              onConnect={connect}
              onReconnect={({ source, sourceHandle }, next) =>
                history.change(
                  connected(
                    disconnected(definition, source, sourceHandle ?? ""),
                    next.source,
                    next.sourceHandle ?? "",
                    next.target,
                  ),
                )
              }
              onNodeDragStop={(_, __, nodes) => place(nodes)}
              onNodeClick={(event, node) => {
                if (!event.shiftKey && !event.ctrlKey && !event.metaKey) openPart(node.id);
              }}
              onPaneClick={() => setOpened(null)}
              nodesConnectable={!tree}
              nodesDraggable={!tree}
              snapToGrid
              snapGrid={[GRID, GRID]}
              connectionRadius={36}
              deleteKeyCode={null}
              multiSelectionKeyCode={["Shift", "Control", "Meta"]}
              disableKeyboardA11y
              minZoom={0.3}
              maxZoom={3}
              ariaLabelConfig={aria}
            >
              <Background gap={GRID * 2} />
              {(full || !opened) && (
                <MiniMap pannable zoomable ariaLabel={t("automation.canvas_map")} className={classes.map} />
              )}
            </ReactFlow>
            {definition.triggers.length === 0 && definition.nodes.length === 0 && (
              <p className={classes.empty}>
                {t(
                  tree
                    ? "automation.canvas_empty_tree"
                    : definition.object
                      ? "automation.canvas_empty"
                      : "automation.canvas_empty_object",
                )}
              </p>
            )}
          </div>
          {opened && (
            <StepPanel
              id={opened}
              definition={definition}
              telling={telling}
              kinds={kinds}
              problems={problems}
              onChange={(next) =>
                history.change(
                  tree ? joinedUp(definition, next, kinds) : next,
                  `${opened} ${Math.floor(Date.now() / TYPING_MS)}`,
                )
              }
              onClose={() => {
                setOpened(null);
                acts.focus(opened);
              }}
            />
          )}
        </div>
      </div>
    </CanvasContext>
  );
}
