/** Keyboard shortcuts of the whole page, silent while somebody types, composes or answers a dialog. */
import { useEffect, useRef } from "react";

/** Keys as written in help: "c", "/", "?", "mod+k", or two in a row: "g c". */
export type Shortcuts = Record<string, () => void>;

const SEQUENCE_MS = 1_000;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) ||
    target.closest("[role=dialog], [role=grid], [role=listbox], [role=menu]") !== null
  );
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  return event.ctrlKey || event.metaKey ? `mod+${key}` : event.altKey ? `alt+${key}` : key;
}

export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  current.current = shortcuts;
  useEffect(() => {
    let first: string | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || event.repeat) return;
      const name = nameOf(event);
      if (!name.startsWith("mod+") && isTyping(event.target)) return;
      const table = current.current;
      const run = (first && table[`${first} ${name}`]) || table[name];
      clearTimeout(timer);
      const begins = Object.keys(table).some((keys) => keys.startsWith(`${name} `));
      first = !run && begins ? name : null;
      if (first)
        timer = setTimeout(() => {
          first = null;
        }, SEQUENCE_MS);
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener("keydown", onKey);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
}
