/** Boxes under the title of a page of one's own work, such as "to do" and "done": one is open. */
import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./box-tabs.module.css";

interface BoxTabsProps<B extends string> {
  /** What the boxes are of. */
  name: string;
  boxes: readonly { box: B; label: ReactNode; count?: number }[];
  value: B;
  onChange(box: B): void;
}

export function BoxTabs<B extends string>({ name, boxes, value, onChange }: BoxTabsProps<B>) {
  return (
    <Tabs
      value={value}
      className={classes.boxes}
      onChange={(next) => {
        const found = boxes.find(({ box }) => box === next);
        if (found) onChange(found.box);
      }}
    >
      <Tabs.List aria-label={name}>
        {boxes.map(({ box, label, count }) => (
          <Tabs.Tab key={box} value={box} aria-controls={undefined}>
            {label}
            {count ? <span className={classes.figure}>{count}</span> : null}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
