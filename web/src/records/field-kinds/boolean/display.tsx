/** Yes or no, as a mark and a word. */

import { t } from "i18next";
import { Check, Minus } from "lucide-react";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";

export function BooleanDisplay({ value, language }: DisplayProps<boolean>) {
  return (
    <span className={classes.withIcon}>
      {value ? <Check size={14} aria-hidden="true" /> : <Minus size={14} aria-hidden="true" />}
      {t(value ? "field-kinds.yes" : "field-kinds.no", { lng: language })}
    </span>
  );
}
