/** What areas add to the boards of their objects: the question that is asked where a card is not taken in at once. */
import type { ComponentType } from "react";
import type { CatalogObject, RecordRow } from "@/api/types";

export interface BoardMoveProps {
  object: CatalogObject;
  row: RecordRow;
  /** The column it was dropped on: a record's id, or an option's key. */
  to: string | null;
  /** Tries again with these values; true when the server kept them. */
  save(values: Record<string, unknown>): Promise<boolean>;
  onClose(): void;
}

export interface BoardExtension {
  Move: ComponentType<BoardMoveProps>;
  /** A sign on cards, for which further fields are read. */
  Mark?: ComponentType<{ row: RecordRow }>;
  select?: string[];
  /** Whether the question is about refusals with this code. */
  answers(code: string): boolean;
}

const extensions = new Map<string, BoardExtension>();

/** Adds to the board of an object; called once by the area's register module. */
export function extendBoard(object: string, extension: BoardExtension): void {
  extensions.set(object, extension);
}

export function boardExtensionOf(object: string): BoardExtension | undefined {
  return extensions.get(object);
}
