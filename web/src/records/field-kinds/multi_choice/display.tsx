/** The options as coloured words. */
import clsx from "clsx";
import { Chip } from "@/ui/chip";
import classes from "../field-kinds.module.css";
import { optionOf, optionText } from "../parts/options";
import type { DisplayProps } from "../types";

export function MultiChoiceDisplay({ value, field, language, inline = true }: DisplayProps<string[]>) {
  return (
    <span className={clsx(classes.chips, !inline && classes.wrap)}>
      {(value ?? []).map((key) => {
        const option = optionOf(field, key);
        return (
          <Chip key={key} hue={option.color}>
            {optionText(option, language)}
          </Chip>
        );
      })}
    </span>
  );
}
