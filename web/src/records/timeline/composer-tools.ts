/** What areas add below the composer of record pages, such as a library of texts that can be taken over. */
import type { ComponentType } from "react";
import type { CatalogObject, Field, RecordRow } from "@/api/types";
import { isEditable } from "../form/fields";

export interface ComposerToolProps {
  object: CatalogObject;
  record: RecordRow;
  /** What is being written: a note, a call, a task. */
  activity: CatalogObject;
  /** Adds words to what is written. */
  insert(text: string): void;
}

const tools: ComponentType<ComposerToolProps>[] = [];

/** Adds a tool to the composer of every record; called once by the area's register module. */
export function extendComposer(Tool: ComponentType<ComposerToolProps>): void {
  tools.push(Tool);
}

export function composerTools(): readonly ComponentType<ComposerToolProps>[] {
  return tools;
}

const WORDY = new Set(["rich_text", "long_text"]);

/** Where added words go: the text that is asked for, or else the first that the activity has. */
export function wordyField(asked: readonly Field[], activity: CatalogObject): Field | undefined {
  const isWordy = (field: Field) => WORDY.has(field.kind) && isEditable(field);
  return asked.find(isWordy) ?? activity.fields.find(isWordy);
}

/** The words of a field with a text after them, each line a paragraph where the field is rich. */
export function withText(field: Pick<Field, "kind">, before: unknown, text: string): string {
  const written = typeof before === "string" ? before : "";
  if (field.kind !== "rich_text") return written ? `${written.trimEnd()}\n${text}` : text;
  const lines = text.split(/\r?\n/).map((line) => `<p>${escaped(line)}</p>`);
  return written + lines.join("");
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
}
