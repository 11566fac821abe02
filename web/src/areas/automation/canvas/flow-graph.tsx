/** A flow on a canvas to be looked at: the way of a run, what two versions differ in. */
import "@xyflow/react/dist/base.css";
import { Background, Controls, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { currentLanguage } from "@/lib/language";
import type { Definition, Palette } from "../model";
import { useTitles } from "../use-titles";
import classes from "./canvas.module.css";
import { CanvasContext, LOOKING } from "./canvas-actions";
import { neighbour, onCanvasKey } from "./keys";
import { GRID } from "./places";
import { EDGE_TYPES, NODE_TYPES, WAY_ENDS } from "./types-of-parts";
import { useAria } from "./use-aria";
import { useBegin } from "./use-begin";
import { useChosen } from "./use-chosen";
import { type CanvasEdge, type CanvasNode, type Mark, viewOf } from "./view";

/** What is only looked at may be smaller than what is worked on: its whole width says more. */
const SMALLEST = 0.45;

export interface FlowGraphProps {
  definition: Definition;
  palette: Palette;
  marks: ReadonlyMap<string, Mark>;
  /** Ids of the ways that were taken. */
  taken: ReadonlySet<string> | null;
  /** What the picture is of. */
  name: string;
  onOpen?(id: string): void;
}

export function FlowGraph(props: FlowGraphProps) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  );
}

function Graph({ definition, palette, marks, taken, name, onOpen }: FlowGraphProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const titles = useTitles(definition);
  const language = currentLanguage();
  const kinds = useMemo(() => new Map(palette.steps.map((kind) => [kind.key, kind])), [palette]);
  const view = useMemo(
    () =>
      viewOf(definition, {
        telling: { catalog, language, t, palette, titles },
        kinds,
        marks,
        taken,
        tree: false,
      }),
    [definition, catalog, language, t, palette, titles, kinds, marks, taken],
  );
  const picked = useChosen(view);
  const frame = useRef<HTMLDivElement>(null);
  const begin = useBegin(frame, SMALLEST);
  const aria = useAria();
  const step = (id: string, way: Parameters<typeof neighbour>[2]) => {
    const next = neighbour(new Map(view.nodes.map((one) => [one.id, one.position])), id, way);
    if (!next) return;
    picked.choose([next]);
    frame.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <CanvasContext value={LOOKING}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of what lies in it */}
      <div
        ref={frame}
        data-fixed
        className={`${classes.canvas} ${classes.frame} ${classes.looking}`}
        onKeyDown={(event) => onCanvasKey(event, { open: onOpen, step })}
      >
        <ReactFlow<CanvasNode, CanvasEdge>
          aria-label={name}
          nodes={picked.nodes}
          edges={picked.edges}
          onNodesChange={picked.onNodesChange}
          onEdgesChange={picked.onEdgesChange}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          defaultEdgeOptions={WAY_ENDS}
          onInit={begin}
          onNodeClick={(_, node) => onOpen?.(node.id)}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          deleteKeyCode={null}
          disableKeyboardA11y
          minZoom={0.3}
          maxZoom={3}
          ariaLabelConfig={aria}
        >
          <Background gap={GRID * 2} />
          <Controls showInteractive={false} />
        </ReactFlow>
      </div>
    </CanvasContext>
  );
}
