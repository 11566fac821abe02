/** Tags as coloured words. */
import clsx from "clsx";
import { Chip } from "@/ui/chip";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";
import { hueOfTag, useKnownTags } from "./tag-hues";

export function TagsDisplay({ value, inline = true }: DisplayProps<string[]>) {
  const known = useKnownTags();
  return (
    <span className={clsx(classes.chips, !inline && classes.wrap)}>
      {(value ?? []).map((name) => (
        <Chip key={name} hue={hueOfTag(known, name)}>
          {name}
        </Chip>
      ))}
    </span>
  );
}
