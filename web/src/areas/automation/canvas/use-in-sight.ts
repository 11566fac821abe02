/** Keeps in sight what is worked on: the part whose settings open beside it, and the whole when the canvas grows. */
import { useReactFlow } from "@xyflow/react";
import { type RefObject, useEffect, useRef } from "react";

/** After so long the canvas has its new size. */
const SIZED_MS = 60;
const EDGE = 16;
const MOVES_MS = 150;

export function useInSight(frame: RefObject<HTMLElement | null>, opened: string | null, full: boolean): void {
  const { fitView, getNodes, getViewport, setViewport } = useReactFlow();
  useEffect(() => {
    if (!opened) return;
    const look = setTimeout(() => {
      const box = frame.current?.getBoundingClientRect();
      const card = frame.current
        ?.querySelector(`.react-flow__node[data-id="${CSS.escape(opened)}"]`)
        ?.getBoundingClientRect();
      if (!box || !card) return;
      const x = inward(card.left, card.right, box.left, box.right);
      const y = inward(card.top, card.bottom, box.top, box.bottom);
      if (x === 0 && y === 0) return;
      const now = getViewport();
      setViewport({ ...now, x: now.x + x, y: now.y + y }, { duration: MOVES_MS });
    }, SIZED_MS);
    return () => clearTimeout(look);
  }, [opened, frame, getViewport, setViewport]);
  const was = useRef(full);
  useEffect(() => {
    if (was.current === full) return;
    was.current = full;
    const look = setTimeout(() => {
      if (getNodes().length > 0) fitView({ duration: MOVES_MS, maxZoom: 1 });
    }, SIZED_MS);
    return () => clearTimeout(look);
  }, [full, fitView, getNodes]);
}

/** How far something has to go to lie within; its beginning comes first where there is no room for all of it. */
export function inward(from: number, to: number, least: number, most: number): number {
  const back = Math.min(0, most - EDGE - to);
  return from + back < least + EDGE ? least + EDGE - from : back;
}
