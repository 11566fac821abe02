/** The option as a coloured word. */
import { Chip } from "@/ui/chip";
import { optionOf, optionText } from "../parts/options";
import type { DisplayProps } from "../types";

export function ChoiceDisplay({ value, field, language }: DisplayProps<string>) {
  const option = optionOf(field, value ?? "");
  return <Chip hue={option.color}>{optionText(option, language)}</Chip>;
}
