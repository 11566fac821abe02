/** Enter in the palette: what is marked, or the first hit when nothing is marked yet. */
import { type KeyboardEvent, useEffect, useState } from "react";

const ACTIONS = ".mantine-Spotlight-actionsList [data-action]";

function takeFirst(): void {
  if (document.querySelector(`${ACTIONS}[data-selected]`)) return;
  document.querySelector<HTMLElement>(ACTIONS)?.click();
}

/** `settled`: what is listed answers what is typed. Pressed before that, Enter waits for the answer. */
export function useFirstAction(settled: boolean) {
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    if (!waiting || !settled) return;
    setWaiting(false);
    takeFirst();
  }, [waiting, settled]);
  return (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key !== "Enter") return setWaiting(false);
    if (settled) takeFirst();
    else setWaiting(true);
  };
}
