/** What was done to a definition, so that it can be undone and done again. */

export interface History<T> {
  past: readonly T[];
  future: readonly T[];
  /** What the last change was about; changes of the same kind in a row are undone together. */
  about: string | null;
}

export const NO_HISTORY: History<never> = { past: [], future: [], about: null };
const LONGEST = 100;

/** After a change away from `before`. */
export function did<T>(history: History<T>, before: T, about: string | null = null): History<T> {
  if (about !== null && about === history.about) return { ...history, future: [] };
  return { past: [...history.past, before].slice(-LONGEST), future: [], about };
}

/** One change back, or null when there is none. */
export function undone<T>(history: History<T>, now: T): { history: History<T>; value: T } | null {
  if (history.past.length === 0) return null;
  return {
    history: { past: history.past.slice(0, -1), future: [now, ...history.future], about: null },
    value: history.past[history.past.length - 1] as T,
  };
}

/** One change forward again, or null when there is none. */
export function redone<T>(history: History<T>, now: T): { history: History<T>; value: T } | null {
  const [value, ...future] = history.future;
  if (value === undefined) return null;
  return { history: { past: [...history.past, now], future, about: null }, value };
}
