/** A definition whose changes can be undone and done again. */
import { useRef, useState } from "react";
import type { Definition } from "../model";
import { did, type History, NO_HISTORY, redone, undone } from "./history";

export interface Undoable {
  canUndo: boolean;
  canRedo: boolean;
  /** Changes in a row about the same are undone together. */
  change(next: Definition, about?: string): void;
  undo(): void;
  redo(): void;
}

export function useHistory(definition: Definition, onChange: (definition: Definition) => void): Undoable {
  const [history, setHistory] = useState<History<Definition>>(NO_HISTORY);
  const now = useRef(definition);
  now.current = definition;
  const go = (step: ReturnType<typeof undone<Definition>>) => {
    if (!step) return;
    setHistory(step.history);
    onChange(step.value);
  };
  return {
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: (next, about) => {
      if (next === now.current) return;
      setHistory(did(history, now.current, about ?? null));
      onChange(next);
    },
    undo: () => go(undone(history, now.current)),
    redo: () => go(redone(history, now.current)),
  };
}
