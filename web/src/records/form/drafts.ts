/** Half-filled forms, kept in the browser until they are saved or thrown away. */
import { currentWorkspace } from "@/lib/workspace";
import type { Values } from "./use-record-form";

const storageKey = (object: string) => `guanxi.draft.${currentWorkspace()}.${object}`;

export function readDraft(object: string): Values | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(object)) ?? "null");
    return stored && typeof stored === "object" && !Array.isArray(stored) ? (stored as Values) : null;
  } catch {
    return null;
  }
}

export function keepDraft(object: string, values: Values): void {
  localStorage.setItem(storageKey(object), JSON.stringify(values));
}

export function dropDraft(object: string): void {
  localStorage.removeItem(storageKey(object));
}
