/** The keys of the canvas; they are the fields' own while something is typed. */
import type { KeyboardEvent } from "react";
import type { Place } from "../model";

export type Way = "up" | "down" | "left" | "right";

/** The part or the way that has the focus. */
export interface Focused {
  part?: string;
  way?: string;
}

export interface KeyHandlers {
  undo(): void;
  redo(): void;
  /** These act on what is chosen, and where nothing is, on what has the focus. */
  copy(focused: Focused): void;
  duplicate(focused: Focused): void;
  remove(focused: Focused): void;
  paste(): void;
  chooseAll(): void;
  /** Opens the part that has the focus. */
  open(id: string): void;
  /** Moves the focus from a part to a neighbour. */
  step(id: string, way: Way): void;
  /** Moves what is chosen by one field of the grid. */
  nudge(id: string, way: Way): void;
}

const ARROWS: Record<string, Way> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

export function onCanvasKey(event: KeyboardEvent, handlers: Partial<KeyHandlers>): void {
  const target = event.target as HTMLElement;
  if (event.nativeEvent.isComposing || target.closest("input, textarea, [contenteditable=true], [role=menu]"))
    return;
  const part = target.closest<HTMLElement>(".react-flow__node")?.dataset.id;
  const way = target.closest<HTMLElement>(".react-flow__edge")?.dataset.id;
  const run = handlerOf(event, { part, way }, handlers);
  if (!run) return;
  event.preventDefault();
  event.stopPropagation();
  run();
}

function handlerOf(event: KeyboardEvent, focused: Focused, on: Partial<KeyHandlers>): (() => void) | null {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    const own: Record<string, (() => void) | undefined> = {
      z: event.shiftKey ? on.redo : on.undo,
      y: on.redo,
      c: on.copy && (() => on.copy?.(focused)),
      v: on.paste,
      d: on.duplicate && (() => on.duplicate?.(focused)),
      a: on.chooseAll,
    };
    return own[key] ?? null;
  }
  if (key === "delete" || key === "backspace") return on.remove ? () => on.remove?.(focused) : null;
  const arrow = ARROWS[event.key];
  const { part } = focused;
  if (!part) return null;
  if (arrow) return () => (event.altKey ? on.nudge : on.step)?.(part, arrow);
  const onPart = (event.target as HTMLElement).dataset.id === part;
  return key === "enter" && onPart ? () => on.open?.(part) : null;
}

/** The neighbour of a part in one direction: the nearest one that lies more that way than aside. */
export function neighbour(parts: ReadonlyMap<string, Place>, id: string, way: Way): string | null {
  const own = parts.get(id);
  if (!own) return null;
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [other, place] of parts) {
    if (other === id) continue;
    const dx = place.x - own.x;
    const dy = place.y - own.y;
    const [ahead, aside] =
      way === "down" ? [dy, dx] : way === "up" ? [-dy, dx] : way === "right" ? [dx, dy] : [-dx, dy];
    if (ahead <= 0) continue;
    const far = ahead + 2 * Math.abs(aside);
    if (far < least) {
      least = far;
      best = other;
    }
  }
  return best;
}
