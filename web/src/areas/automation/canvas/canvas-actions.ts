/** What the parts of a canvas can ask of it. */
import { createContext, useContext } from "react";
import type { StepKind } from "../model";
import type { Behind } from "./shape";

export interface CanvasActions {
  editable: boolean;
  tree: boolean;
  /** Kinds of steps that can be put in. */
  offered: readonly StepKind[];
  insert(kind: StepKind, behind: Behind): void;
  /** Puts a step where several ways meet. */
  insertBefore(kind: StepKind, target: string): void;
  /** Another text of a comment. */
  write(note: string, text: string): void;
}

/** For a canvas at which one only looks. */
export const LOOKING: CanvasActions = {
  editable: false,
  tree: false,
  offered: [],
  insert: () => {},
  insertBefore: () => {},
  write: () => {},
};

export const CanvasContext = createContext<CanvasActions>(LOOKING);

export const useCanvas = () => useContext(CanvasContext);
