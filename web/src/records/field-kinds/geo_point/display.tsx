/** A place by its coordinates, with a way to see it on a map. */
import { MapPin } from "lucide-react";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { type GeoPoint, mapHref, pointText } from "./value";

export function GeoPointDisplay({ value, field, linked = true }: DisplayProps<GeoPoint>) {
  const href = linked && value ? mapHref(value, field.settings.system) : null;
  const words = <span className={classes.numeric}>{pointText(value)}</span>;
  if (!href) return <span className={classes.line}>{words}</span>;
  return (
    <a className={classes.link} href={href} target="_blank" rel="noopener noreferrer">
      <MapPin size={14} aria-hidden="true" className={classes.leadIcon} />
      {words}
    </a>
  );
}
