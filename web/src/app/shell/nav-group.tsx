/** A group of the navigation under its heading, folded away by a click on it; remembered in this browser. */
import { UnstyledButton } from "@mantine/core";
import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { currentWorkspace } from "@/lib/workspace";
import classes from "./sidebar.module.css";

const placeOf = () => `guanxi.nav.${currentWorkspace()}.folded`;

function foldedGroups(): Set<string> {
  return new Set((localStorage.getItem(placeOf()) ?? "").split("\n").filter(Boolean));
}

export function NavGroup({
  group,
  name,
  rail,
  children,
}: {
  group: string;
  name: string;
  /** Only icons have room: nothing is folded. */
  rail: boolean;
  children: ReactNode;
}) {
  const id = useId();
  const [folded, setFolded] = useState(() => foldedGroups().has(group));
  const toggle = () => {
    const all = foldedGroups();
    if (!all.delete(group)) all.add(group);
    localStorage.setItem(placeOf(), [...all].join("\n"));
    setFolded(!folded);
  };
  if (rail) return <section className={classes.group}>{children}</section>;
  return (
    <section className={classes.group}>
      <h2 className={classes.heading}>
        <UnstyledButton
          className={clsx(classes.fold, folded && classes.folded)}
          onClick={toggle}
          aria-expanded={!folded}
          aria-controls={id}
        >
          {name}
          <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
        </UnstyledButton>
      </h2>
      <div id={id} hidden={folded}>
        {children}
      </div>
    </section>
  );
}
