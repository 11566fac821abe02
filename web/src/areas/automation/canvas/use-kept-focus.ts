/** Keeps the keys with the canvas when the part that had the focus goes away. */
import { type RefObject, useEffect, useRef } from "react";

/** After so long the cards are drawn that a change leaves. */
const DRAWN_MS = 50;

export function useKeptFocus(frame: RefObject<HTMLElement | null>, changed: unknown): void {
  const seen = useRef(changed);
  useEffect(() => {
    if (seen.current === changed) return;
    seen.current = changed;
    const look = setTimeout(() => {
      if (document.activeElement === document.body) frame.current?.focus({ preventScroll: true });
    }, DRAWN_MS);
    return () => clearTimeout(look);
  }, [frame, changed]);
}
