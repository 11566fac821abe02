/** One chip per condition of the filter; a click edits, the cross removes. */
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Filter, Language } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { describeFilter } from "./describe";
import classes from "./filter.module.css";

export function FilterChips({
  object,
  where,
  onEdit,
  onChange,
}: {
  object: CatalogObject;
  where: Filter;
  onEdit(): void;
  onChange(where: Filter | null): void;
}) {
  const { t, i18n } = useTranslation();
  const catalog = useCatalog();
  const parts = "and" in where ? where.and : [where];
  const without = (part: Filter) => {
    const rest = parts.filter((each) => each !== part);
    onChange(rest.length === 0 ? null : rest.length === 1 ? (rest[0] as Filter) : { and: rest });
  };
  return (
    <ul className={classes.chips} aria-label={t("filter.active")}>
      {parts.map((part) => {
        const words = describeFilter(part, { catalog, object, language: i18n.language as Language, t });
        return (
          <li key={JSON.stringify(part)} className={classes.chip}>
            <button type="button" className={classes.chipText} title={words} onClick={onEdit}>
              {words}
            </button>
            <button
              type="button"
              className={classes.chipRemove}
              aria-label={t("filter.remove_named", { name: words })}
              onClick={() => without(part)}
            >
              <X size={12} aria-hidden />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
