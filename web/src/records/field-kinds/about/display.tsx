/** The record something is about: the sign of its object and its title. */
import type { AboutReference } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { IconByName } from "@/ui/icon-by-name";
import { RecordLink } from "../../lookup/record-link";
import classes from "../field-kinds.module.css";
import { referenceText } from "../parts/reference";
import type { DisplayProps } from "../types";

export function AboutDisplay({ value, linked = true }: DisplayProps<AboutReference>) {
  const catalog = useCatalog();
  if (!value) return null;
  const icon = findObject(catalog, value.object)?.icon ?? "box";
  const title = referenceText(value);
  return (
    <span className={classes.person}>
      <IconByName name={icon} size={14} />
      {linked && !value.restricted ? (
        <RecordLink object={value.object} id={value.id} className={classes.link}>
          {title}
        </RecordLink>
      ) : (
        <span className={classes.line}>{title}</span>
      )}
    </span>
  );
}
