/** The option as a coloured word. */
import { Chip, hueOf } from "../parts/chip";
import { optionOf, optionText } from "../parts/options";
import type { DisplayProps } from "../types";

export function ChoiceDisplay({ value, field, language }: DisplayProps<string>) {
  const option = optionOf(field, value ?? "");
  return <Chip text={optionText(option, language)} hue={hueOf(option.color)} />;
}
