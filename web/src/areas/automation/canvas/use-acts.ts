/** What is done on the canvas, each as one change that can be undone. */
import { useReactFlow } from "@xyflow/react";
import type { RefObject } from "react";
import {
  beginSettings,
  type Definition,
  type FlowNode,
  freeId,
  type Palette,
  type PartKind,
  type Place,
  type StepKind,
} from "../model";
import { behindChosen, behindStep, newStep, openPortAbove } from "./adding";
import {
  type Copied,
  copied,
  disconnected,
  inserted,
  insertedBefore,
  insertedInTree,
  moved,
  pasted,
  pruned,
  removed,
} from "./editing";
import { type Focused, neighbour, type Way } from "./keys";
import type { Dragged } from "./palette-panel";
import { DOWN, freePlace, GRID, HEIGHT, placed, snapped, WIDTH } from "./places";
import type { Behind, Kinds } from "./shape";
import type { useChosen } from "./use-chosen";
import type { Undoable } from "./use-history";
import type { View } from "./view";

/** What was copied last; it can be put into another flow too. */
let clipboard: Copied | null = null;

const SHIFTS: Record<Way, Place> = {
  up: { x: 0, y: -GRID },
  down: { x: 0, y: GRID },
  left: { x: -GRID, y: 0 },
  right: { x: GRID, y: 0 },
};

export interface Acting {
  definition: Definition;
  palette: Palette;
  kinds: Kinds;
  tree: boolean;
  view: View;
  history: Undoable;
  picked: ReturnType<typeof useChosen>;
  frame: RefObject<HTMLDivElement | null>;
  /** Opens the settings of a part; null closes them. */
  open(id: string | null): void;
}

export function useActs(acting: Acting) {
  const { definition, palette, kinds, tree, view, history, picked, frame, open } = acting;
  const flow = useReactFlow();
  const { chosen, ways } = picked;

  const focus = (id: string) => {
    picked.choose([id]);
    frame.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus();
  };
  /** Brings a part that was added into sight, once it is drawn. */
  const reveal = (id: string) =>
    setTimeout(() => {
      const box = frame.current?.getBoundingClientRect();
      const part = frame.current?.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
      const own = part?.getBoundingClientRect();
      if (!box || !own) return;
      if (own.top >= box.top && own.bottom <= box.bottom && own.left >= box.left && own.right <= box.right)
        return;
      const at = flow.getNode(id)?.position;
      if (at) flow.setCenter(at.x + WIDTH / 2, at.y + HEIGHT / 2, { zoom: flow.getZoom(), duration: 150 });
    }, 80);

  const show = (id: string) => {
    picked.choose([id]);
    open(id);
    reveal(id);
  };
  /** In the simple mode ways that part meet again at a join of their own. */
  const joinOf = (made: FlowNode, kind: StepKind) => {
    const meeting = kind.forks ? palette.steps.find(({ joins }) => joins) : undefined;
    return meeting ? newStep({ ...definition, nodes: [...definition.nodes, made] }, meeting) : null;
  };
  const insert = (kind: StepKind, behind: Behind | undefined, at?: Place) => {
    const made = newStep(definition, kind);
    history.change(
      tree
        ? insertedInTree(definition, made, kinds, behind ?? null, joinOf(made, kind))
        : inserted(definition, made, kinds, behind, at),
    );
    show(made.id);
  };
  const insertBefore = (kind: StepKind, target: string) => {
    const made = newStep(definition, kind);
    history.change(insertedBefore(definition, made, kinds, target, joinOf(made, kind)));
    show(made.id);
  };
  const addTrigger = (kind: PartKind, at?: Place) => {
    const now = placed(definition);
    const id = freeId(now, "t");
    const taken = [...now.triggers, ...now.nodes].flatMap((one) => (one.at ? [one.at] : []));
    const first = now.triggers[0]?.at ?? now.nodes.find((node) => node.id === now.start)?.at;
    const wanted = at ??
      (now.triggers[0] ? first : first && { x: first.x, y: first.y - DOWN }) ?? { x: 0, y: 0 };
    const made = { id, kind: kind.key, settings: beginSettings(kind), at: freePlace(wanted, taken) };
    history.change({ ...now, triggers: [...now.triggers, made] });
    show(id);
  };
  const addNote = (at: Place) => {
    const id = freeId(definition, "c");
    history.change({
      ...definition,
      notes: [...(definition.notes ?? []), { id, text: "", at: snapped(at) }],
    });
    picked.choose([id]);
  };
  const middle = (): Place => {
    const box = frame.current?.getBoundingClientRect();
    return flow.screenToFlowPosition({
      x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
      y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
    });
  };
  /** Adds what was taken from the palette: without a place, behind what is chosen. */
  const add = (part: Dragged, point?: Place) => {
    const screen = point && flow.screenToFlowPosition(point);
    const at = screen && { x: screen.x - WIDTH / 2, y: screen.y - HEIGHT / 2 };
    if (part.sort === "note") return addNote(screen ?? middle());
    if (part.sort === "trigger") {
      const kind = palette.triggers.find(({ key }) => key === part.kind);
      return kind && addTrigger(kind, at);
    }
    const kind = kinds.get(part.kind);
    if (!kind) return;
    const [only] = [...chosen];
    if (!point || !at) return insert(kind, behindChosen(definition, only ?? null, kinds));
    const under = document.elementsFromPoint(point.x, point.y);
    const idOf = (selector: string) =>
      under.map((one) => one.closest<HTMLElement>(selector)?.dataset.id).find((id) => id !== undefined);
    const way = view.edges.find(({ id }) => id === idOf(".react-flow__edge"));
    if (way?.data?.behind !== undefined) return insert(kind, way.data.behind);
    const target = definition.nodes.find(({ id }) => id === idOf(".react-flow__node"));
    if (target) return insert(kind, behindStep(target, kinds));
    if (tree) return insert(kind, behindChosen(definition, only ?? null, kinds));
    if (definition.nodes.length === 0) return insert(kind, null, at);
    insert(kind, openPortAbove(definition, at, kinds), at);
  };

  /** What is chosen, and where nothing is, the part that has the focus. */
  const targets = ({ part }: Focused) => (chosen.size + ways.size > 0 || !part ? chosen : new Set([part]));
  const remove = (focused: Focused = {}) => {
    const parts = targets(focused);
    const lines = chosen.size + ways.size > 0 || !focused.way ? ways : new Set([focused.way]);
    let next = [...lines].reduce((now, id) => {
      const edge = view.edges.find((one) => one.id === id);
      return edge ? disconnected(now, edge.source, edge.sourceHandle ?? "") : now;
    }, definition);
    if (parts.size > 0) next = removed(next, parts);
    if (tree) next = pruned(definition, next);
    if (next === definition) return;
    // The keys stay with the canvas when what had them goes away.
    if (frame.current?.contains(document.activeElement)) frame.current.focus({ preventScroll: true });
    history.change(next);
    picked.choose([]);
    open(null);
  };
  const putIn = (what: Copied | null) => {
    if (!what || what.nodes.length + what.notes.length === 0) return;
    const { definition: next, made } = pasted(definition, what, kinds);
    history.change(next);
    picked.choose(made);
  };
  const copy = (focused: Focused = {}) => {
    const parts = targets(focused);
    if (parts.size > 0) clipboard = copied(definition, parts);
  };
  const places = new Map(view.nodes.map(({ id, position }) => [id, position]));
  return {
    insert,
    insertBefore,
    add,
    remove,
    focus,
    copy,
    paste: () => putIn(clipboard),
    duplicate: (focused: Focused = {}) => putIn(copied(definition, targets(focused))),
    chooseAll: () => picked.choose(places.keys()),
    step: (id: string, way: Way) => {
      const next = neighbour(new Map([...places].filter(([other]) => other !== "end")), id, way);
      if (next) focus(next);
    },
    nudge: (id: string, way: Way) => {
      if (tree) return;
      const ids = chosen.size > 0 ? chosen : new Set([id]);
      const { x, y } = SHIFTS[way];
      const going = [...places].flatMap(([other, at]) =>
        ids.has(other) ? [[other, { x: at.x + x, y: at.y + y }] as const] : [],
      );
      history.change(moved(definition, new Map(going)), `nudge ${[...ids].join()}`);
    },
  };
}
