/** Steps from top to bottom; those of parallel ways beside each other, on a phone under one bracket. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ways.module.css";

interface WaysProps<S> {
  /** As `sideBySide` puts them. */
  groups: readonly (readonly (readonly S[])[])[];
  keyOf(step: S): string;
  className: string | undefined;
  /** A step as an entry of a list. */
  children(step: S): ReactNode;
}

export function Ways<S>({ groups, keyOf, className, children }: WaysProps<S>) {
  const { t } = useTranslation();
  return (
    <ol className={className}>
      {groups.map((columns) => {
        const [first] = columns[0] ?? [];
        if (!first) return null;
        if (columns.length === 1) return columns[0]?.map(children);
        return (
          <li key={`${keyOf(first)} …`} className={classes.together}>
            <span className={classes.word}>{t("approvals.together_ways", { ways: columns.length })}</span>
            <div className={classes.columns}>
              {columns.map((column, at) => (
                <ol
                  key={column.map(keyOf).join(" ")}
                  className={classes.column}
                  aria-label={t("approvals.way_of", { number: at + 1, of: columns.length })}
                >
                  {column.map(children)}
                </ol>
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
