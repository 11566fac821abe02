/** A pill in one of ten hues: option values, tags, states. The word carries the meaning, the hue only helps. */
import clsx from "clsx";
import type { ReactNode } from "react";
import type { Hue } from "@/api/types";
import classes from "./chip.module.css";

export function Chip({
  hue = "slate",
  dot,
  className,
  children,
}: {
  hue?: Hue;
  /** A dot before the word, for states. */
  dot?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span className={clsx(classes.chip, className)} data-hue={hue} style={hueStyle(hue)}>
      {dot && <span className={classes.dot} />}
      <span className={classes.text}>{children}</span>
    </span>
  );
}

/** Text and background of a hue as CSS variables, for elements that are not chips. */
export function hueStyle(hue: Hue): Record<string, string> {
  return { "--hue-fg": `var(--gx-${hue}-fg)`, "--hue-bg": `var(--gx-${hue}-bg)` };
}
