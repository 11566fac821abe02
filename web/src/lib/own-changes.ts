/** The change sets that this tab wrote itself, so that news of them is told apart from what others did elsewhere. */

/** So many are remembered: news of a write comes within moments. */
const REMEMBERED = 200;
const own = new Set<string>();

/** Remembers the change set that an answer names. */
export function rememberOwnChange(answer: unknown): void {
  if (typeof answer !== "object" || answer === null) return;
  const { change_set, _change_set } = answer as Record<string, unknown>;
  const id = change_set ?? _change_set;
  if (typeof id !== "string") return;
  own.add(id);
  for (const first of own) {
    if (own.size <= REMEMBERED) break;
    own.delete(first);
  }
}

/** True for a change that this tab wrote; the same person in another tab, or a program of theirs, is somebody else. */
export function isOwnChange(changeSet: string | null | undefined): boolean {
  return changeSet !== null && changeSet !== undefined && own.has(changeSet);
}
