/** A trigger or a step as a card that folds: what it is, what it is set to in words, and its settings. */
import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Hue } from "@/api/types";
import { hueStyle } from "@/ui/chip";
import classes from "./automation.module.css";
import { PartIcon } from "./part-icon";

export function PartCard({
  id,
  icon,
  hue,
  name,
  sum,
  opened: begun,
  wrong,
  problems,
  actions,
  foot,
  children,
}: {
  /** Of the step or the trigger. */
  id: string;
  icon: string;
  hue: Hue;
  name: string;
  /** What it is set to, shown while it is folded. */
  sum: string;
  opened: boolean;
  /** Whether anything about it is wrong. */
  wrong: boolean;
  /** Sentences that belong to none of its settings. */
  problems: readonly string[];
  actions: ReactNode;
  foot?: ReactNode;
  children: ReactNode;
}) {
  const [opened, setOpened] = useState(begun);
  return (
    <section id={`part-${id}`} className={classes.card} aria-label={name} data-wrong={wrong || undefined}>
      <div className={classes.cardHead}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={opened}
          onClick={() => setOpened((now) => !now)}
        >
          <span className={classes.sign} style={hueStyle(hue)}>
            <PartIcon name={icon} />
          </span>
          <span className={classes.cardTitle}>
            <span className={classes.cardName} title={name}>
              {name}
            </span>
            {!opened && sum && <div className={classes.cardSum}>{sum}</div>}
          </span>
          {opened ? <ChevronDown size={15} aria-hidden /> : <ChevronRight size={15} aria-hidden />}
        </button>
        {actions}
      </div>
      {opened && <div className={classes.cardBody}>{children}</div>}
      {(problems.length > 0 || foot) && (
        <div className={classes.cardFoot}>
          {problems.map((problem) => (
            <p key={problem} className={classes.problem}>
              {problem}
            </p>
          ))}
          {foot}
        </div>
      )}
    </section>
  );
}
