/** The order of the list a record was opened from, so that its page can go to the previous and next one. */
import { currentWorkspace } from "@/lib/workspace";

interface ListOrder {
  ids: string[];
  /** The list's own address, to go back to with its filter. */
  href: string;
}

/** More than a person pages through; keeps the session's storage small. */
const KEPT = 500;

const storageKey = (object: string) => `guanxi.order.${currentWorkspace()}.${object}`;

/** Called by a list, at its own address, when a record is opened from it. */
export function rememberListOrder(object: string, ids: readonly string[]): void {
  const href = `${location.pathname}${location.search}`;
  const order: ListOrder = { ids: ids.slice(0, KEPT), href };
  sessionStorage.setItem(storageKey(object), JSON.stringify(order));
}

export function listOrder(object: string): ListOrder | null {
  try {
    const stored = JSON.parse(
      sessionStorage.getItem(storageKey(object)) ?? "null",
    ) as Partial<ListOrder> | null;
    return stored && Array.isArray(stored.ids) && typeof stored.href === "string"
      ? (stored as ListOrder)
      : null;
  } catch {
    return null;
  }
}

/** Neighbours of the record in its list; null where it is the first, the last, or not in it. */
export function neighbours(object: string, id: string) {
  const ids = listOrder(object)?.ids ?? [];
  const place = ids.indexOf(id);
  return {
    previous: place > 0 ? (ids[place - 1] ?? null) : null,
    next: place >= 0 ? (ids[place + 1] ?? null) : null,
    place: place + 1,
    count: ids.length,
  };
}
