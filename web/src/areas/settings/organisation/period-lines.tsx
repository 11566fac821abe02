/** What a member is given for a time, line by line, with the ways to change and to remove each. */
import { ActionIcon } from "@mantine/core";
import { Pencil, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./organisation.module.css";
import { periodText } from "./period";

export interface PeriodLine<T> {
  one: T & { id: string; begins_on: string | null; ends_on: string | null };
  title: string | null;
  /** What else there is to say, before and after the period. */
  before?: string | null;
  after?: string | null;
  /** What the buttons do, in words. */
  editing: string;
  removing: string;
}

export function PeriodLines<T>({
  lines,
  onEdit,
  onRemove,
}: {
  lines: PeriodLine<T>[];
  onEdit(one: T): void;
  onRemove(one: T): void;
}) {
  const { t } = useTranslation();
  if (lines.length === 0) return null;
  return (
    <ul className={classes.list}>
      {lines.map(({ one, title, before, after, editing, removing }) => (
        <li key={one.id} className={classes.line}>
          <span className={classes.words}>
            <span className={classes.strong}>{title}</span>
            <span className={classes.quiet}>
              {[before, periodText(t, one.begins_on, one.ends_on), after].filter(Boolean).join(" · ")}
            </span>
          </span>
          <ActionIcon variant="subtle" color="gray" aria-label={editing} onClick={() => onEdit(one)}>
            <Pencil size={16} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="red" aria-label={removing} onClick={() => onRemove(one)}>
            <Trash2 size={16} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
