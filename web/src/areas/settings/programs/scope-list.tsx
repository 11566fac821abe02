/** What an app may do, as words: the objects, and whether it reads or also writes. */
import { Glasses, Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { Chip } from "@/ui/chip";
import classes from "./programs.module.css";
import { EVERY, told } from "./scopes";

export function ScopeList({ scopes }: { scopes: string[] }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  return (
    <span className={classes.scopes}>
      {told(scopes).map(({ object, writes }) => {
        const name =
          object === EVERY
            ? t("programs.every_object")
            : label(findObject(catalog, object)?.plural) || object;
        const Icon = writes ? Pencil : Glasses;
        return (
          <Chip key={object} hue={writes ? "blue" : "slate"}>
            <Icon size={12} strokeWidth={2} className={classes.scopeIcon} aria-hidden />
            {t(writes ? "programs.scope_writes" : "programs.scope_reads", { name })}
          </Chip>
        );
      })}
    </span>
  );
}
