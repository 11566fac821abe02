/** Differences in groups, one row each, to be chosen one by one. */
import { useTranslation } from "react-i18next";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import classes from "./configuration.module.css";
import { DifferenceRow } from "./difference-row";
import { type Difference, grouped, groupLabel, toggled } from "./model";

export function DifferenceList({
  differences,
  all,
  chosen,
  onChosen,
}: {
  differences: Difference[];
  all: Difference[];
  chosen: Set<string>;
  onChosen: (chosen: Set<string>) => void;
}) {
  const { t, i18n } = useTranslation();
  const { objects } = useCatalog();
  const titled = (key: string) =>
    i18n.exists(`configuration.sort_${key}`) ? t(`configuration.sort_${key}`) : key;
  return grouped(differences).map((group) => {
    const title = label(groupLabel(group, objects)) || titled(group.key);
    return (
      <section key={group.key} className={classes.group} aria-label={title}>
        <h2 className={classes.groupTitle}>
          {title}
          <span className={classes.quiet}>{group.object && group.key}</span>
        </h2>
        <ul className={classes.rows}>
          {group.differences.map((one) => (
            <DifferenceRow
              key={one.name}
              difference={one}
              chosen={chosen.has(one.name)}
              onToggle={() => onChosen(toggled(chosen, one, all))}
            />
          ))}
        </ul>
      </section>
    );
  });
}
