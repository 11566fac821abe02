/** What a field kind is to the browser: one object per kind, read by forms, record pages, grids, boards and filters. */
import type { ComponentType } from "react";
import type { Field, Language, RecordRow, Trait } from "@/api/types";

export type { Language };

/** The part of a catalog field that kinds need; every field of the catalog is one. */
export type KindField = Pick<Field, "key" | "kind" | "label" | "settings"> &
  Partial<Field> & {
    /** Ids of the records that a reference may point at here; absent: all. */
    only?: readonly string[];
    /** Ids of the records that are not offered here. */
    without?: readonly string[];
  };

/** Where the cursor goes after an editor commits: grids move, forms ignore it. */
export type CommitMove = "stay" | "down" | "next" | "previous";

export interface DisplayProps<V = unknown> {
  value: V | null | undefined;
  field: KindField;
  language: Language;
  /** False renders references as plain words, as grid cells do, where a click selects. Default true. */
  linked?: boolean;
  /** False renders at full height: long texts wrap, all tags show. Default true (one line). */
  inline?: boolean;
  /** The record that carries the value, and its object, for kinds that act on it; absent where there is none. */
  record?: RecordRow;
  object?: string;
}

export interface InputProps<V = unknown> {
  value: V | null | undefined;
  field: KindField;
  /** Called on each change; null means empty. */
  onChange(value: V | null): void;
  /**
   * Called when the person is done: Enter, Tab, blur, or picking an option.
   * Carries the value, because a pick changes and commits in one step.
   */
  onCommit?(value: V | null, move: CommitMove): void;
  /** Called on Escape; the caller restores the old value. */
  onCancel?(): void;
  autoFocus?: boolean;
  /** Cell and in-place form: no frame of its own, no label, small. */
  compact?: boolean;
  /** The sentence to show under the control; true only marks it red. */
  error?: string | boolean | null;
  disabled?: boolean;
  id?: string;
  /** Name for assistive technology where no visible label points at `id`. */
  "aria-label"?: string;
  /** The characters typed to open a cell editor; they replace the value. */
  initialText?: string;
  /** The other values of the record, for kinds whose options depend on them. */
  record?: Record<string, unknown>;
  /** Object that owns the field, for kinds that ask the server about it. */
  object?: string;
}

/** A refusal found before the server is asked; `code` names the sentence `field-kinds.invalid_<code>`. */
export interface FieldProblem {
  code: string;
  params?: Record<string, string | number>;
}

/**
 * One field kind. `Display` draws a non-empty value with plain elements (grids draw thousands);
 * callers draw nothing, or their own dash, for what `isEmpty` says is empty.
 */
export interface FieldKind<V = unknown> {
  kind: string;
  trait: Trait;
  /** Drawn without a value, by what `record` says: a button, a table of lines. Default false. */
  standsAlone?: boolean;
  Display: ComponentType<DisplayProps<V>>;
  Input: ComponentType<InputProps<V>>;
  /** Plain words for clipboards, titles, group headings and screen readers. "" when empty. */
  toText(value: V | null | undefined, field: KindField, language: Language): string;
  /** Reads words back (paste). undefined: not understood; null: empty. Absent: cannot be pasted. */
  fromText?(text: string, field: KindField, language: Language): V | null | undefined;
  isEmpty(value: V | null | undefined): boolean;
  /** First problem with a non-empty value by the field's settings, or null. Never throws. */
  validate?(value: V, field: KindField): FieldProblem | null;
  align: "start" | "center" | "end";
  /** May a grid open `Input` inside the cell? */
  editableInCell: boolean;
  /** Cell editors that need more room than the cell open in a popover over it. */
  cellEditor: "inline" | "popover";
  /** Usual column width in pixels. */
  width: number;
}
