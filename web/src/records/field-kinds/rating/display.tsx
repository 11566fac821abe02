/** A rating as stars, told in words to those who do not see them. */
import { Star } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { mostStars } from "./value";

export function RatingDisplay({ value, field }: DisplayProps<number>) {
  const { t } = useTranslation();
  const most = mostStars(field);
  return (
    <span
      className={classes.stars}
      role="img"
      aria-label={t("field-kinds.stars", { value: value ?? 0, most })}
    >
      {Array.from({ length: most }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stars have no identity but their place.
        <Star key={at} size={14} data-lit={at < (value ?? 0) || undefined} aria-hidden="true" />
      ))}
    </span>
  );
}
