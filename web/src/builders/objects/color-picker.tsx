/** One of the ten hues. */
import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Hue } from "@/api/types";
import { hueStyle } from "@/ui/chip";
import { HUES } from "./hues";
import classes from "./objects.module.css";

export function ColorPicker({
  value,
  name,
  onChange,
}: {
  value: Hue;
  name: string;
  onChange(value: Hue): void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.swatches} aria-label={name}>
      {HUES.map((hue) => (
        <button
          key={hue}
          type="button"
          className={classes.swatch}
          style={hueStyle(hue)}
          aria-label={t(`objects.hue_${hue}`)}
          aria-pressed={value === hue}
          onClick={() => onChange(hue)}
        >
          {value === hue && <Check size={14} aria-hidden />}
        </button>
      ))}
    </fieldset>
  );
}
