/** The records this person met last, per object, kept in the browser: pickers offer them first. */
import type { Reference } from "@/api/types";
import { currentWorkspace } from "@/lib/workspace";

const KEPT = 8;

const storageKey = (object: string) => `guanxi.recent.${currentWorkspace()}.${object}`;

/** Last met first. */
export function recentRecords(object: string): Reference[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(object)) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isReference) : [];
  } catch {
    return [];
  }
}

/** Puts the record first; nameless records are not worth offering. */
export function rememberRecord(object: string, { id, title }: Reference): void {
  if (!title) return;
  const others = recentRecords(object).filter((recent) => recent.id !== id);
  localStorage.setItem(storageKey(object), JSON.stringify([{ id, title }, ...others].slice(0, KEPT)));
}

/** A deleted or hidden record is offered no more. */
export function forgetRecord(object: string, id: string): void {
  const others = recentRecords(object).filter((recent) => recent.id !== id);
  localStorage.setItem(storageKey(object), JSON.stringify(others));
}

function isReference(entry: unknown): entry is Reference {
  const candidate = entry as Partial<Reference> | null;
  return typeof candidate?.id === "string" && typeof candidate.title === "string";
}
