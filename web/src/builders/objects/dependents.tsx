/** What rests on an object or field: fields, views, layouts, roles. */
import { useTranslation } from "react-i18next";
import type { DesignDependent } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { Chip } from "@/ui/chip";
import classes from "./objects.module.css";

const SHOWN = 100;

export function Dependents({ dependents }: { dependents: DesignDependent[] }) {
  const { t, i18n } = useTranslation();
  const catalog = useCatalog();
  const typeName = (type: string) =>
    i18n.exists(`objects.dependent_${type}`) ? t(`objects.dependent_${type}`) : type;
  return (
    <ul className={classes.dependents}>
      {dependents.slice(0, SHOWN).map((one) => (
        <li key={`${one.type}-${one.id}-${one.key}`}>
          <Chip hue={one.blocking ? "red" : "slate"}>{typeName(one.type)}</Chip>
          <span className={classes.dependent}>
            {label(one.label) || one.key}
            {one.object && (
              <span className={classes.quiet}>{label(findObject(catalog, one.object)?.label ?? "")}</span>
            )}
          </span>
          {one.blocking && <span className={classes.danger}>{t("objects.change_first")}</span>}
        </li>
      ))}
    </ul>
  );
}
