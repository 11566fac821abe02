/** The name of what shows only an icon, beside it while the pointer or the focus is on it. */
import { Portal } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import classes from "./hint.module.css";

const DELAY_MS = 300;
const GAP_PX = 6;

export function Hint({ text, children }: { text: string; children: ReactNode }) {
  const [place, setPlace] = useState<{ top: number; left: number } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const show = (target: HTMLElement) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const box = target.getBoundingClientRect();
      setPlace({ top: box.top + box.height / 2, left: box.right + GAP_PX });
    }, DELAY_MS);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setPlace(null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is inside has its own name; this only shows it
    // biome-ignore lint/a11y/useKeyWithClickEvents: a press hides the hint and does nothing else
    <div
      onPointerEnter={(event) => show(event.currentTarget)}
      onPointerLeave={hide}
      onFocus={(event) => show(event.currentTarget)}
      onBlur={hide}
      onClick={hide}
    >
      {children}
      {place && (
        <Portal>
          <span className={classes.hint} style={place} aria-hidden>
            {text}
          </span>
        </Portal>
      )}
    </div>
  );
}
